using System.Diagnostics.CodeAnalysis;

namespace Issuer.Core.Pki;

/// <summary>Why a request, a CSCA or a DSC is not accepted. The detail is for people and holds no secret.</summary>
public sealed record PkiFault(PkiFaultCode Code, string Detail)
{
    public override string ToString() => Detail;
}

/// <summary>The closed list of what can be wrong.</summary>
public enum PkiFaultCode
{
    Malformed,
    WrongKey,
    WeakKey,
    WeakSignature,
    WrongSubject,
    WrongIssuer,
    WrongKeyUsage,
    WrongValidity,
    Expired,
    KidTaken,
    NoDsc,
    DscNotYetValid,
    NoDscOutlivesExpiry,
    ListShrunk,
    ClockSetBack,
}

/// <summary>What was asked for, or every reason why not; never both.</summary>
public sealed class PkiOutcome<T> where T : class
{
    PkiOutcome(T? value, IReadOnlyList<PkiFault> faults)
    {
        Value = value;
        Faults = faults;
    }

    /// <summary>Null when there are faults.</summary>
    public T? Value { get; }

    /// <summary>Empty on success.</summary>
    public IReadOnlyList<PkiFault> Faults { get; }

    [MemberNotNullWhen(true, nameof(Value))]
    public bool Succeeded => Value is not null;

    internal static PkiOutcome<T> Success(T value) => new(value, []);

    internal static PkiOutcome<T> Refused(params IReadOnlyList<PkiFault> faults) => new(null, faults);
}
