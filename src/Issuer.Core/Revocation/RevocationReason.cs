using System.Diagnostics.CodeAnalysis;

namespace Issuer.Core.Revocation;

/// <summary>Why a certificate is declared invalid: the closed list. Stored by number: only append.</summary>
public enum RevocationReason
{
    Fraud = 1,
    IssuedInError = 2,
    WrongData = 3,
    RecordWithdrawn = 4,
    Duplicate = 5,

    /// <summary>A picture of it is in other hands; its holder is honest and gets another.</summary>
    Leaked = 6,
    HolderRequest = 7,
    Deceased = 8,

    /// <summary>With a note that says what.</summary>
    Other = 9,
}

/// <summary>How the reasons are spelled outside.</summary>
public static class RevocationReasons
{
    static readonly Dictionary<string, RevocationReason> ByWire =
        Enum.GetValues<RevocationReason>().ToDictionary(ToWire);

    public static IReadOnlyCollection<string> All => ByWire.Keys;

    public static string ToWire(this RevocationReason reason) => Kebab.Of(reason.ToString());

    public static bool TryRead([NotNullWhen(true)] string? wire, out RevocationReason reason)
    {
        reason = default;
        return wire is not null && ByWire.TryGetValue(wire, out reason);
    }
}
