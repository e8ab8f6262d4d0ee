namespace Issuer.Core.Records;

/// <summary>One fault of one field. The code is stable; the words are for people, in both languages.</summary>
/// <param name="Field">The name of the column or JSON member, as contract.md spells it.</param>
/// <param name="Expected">What it should have held; null: the code says it all.</param>
public sealed record Fault(string Field, FaultCode Code, Expected? Expected = null)
{
    public string English => With(FaultText.Of(Code).English, "expected", Expected?.English);

    public string Vietnamese => With(FaultText.Of(Code).Vietnamese, "cần", Expected?.Vietnamese);

    public override string ToString() => $"{Field}: {Code.ToWire()} ({English})";

    static string With(string text, string word, string? expected) =>
        expected is null ? text : $"{text}; {word}: {expected}";
}

/// <summary>Every fault a record can have. Hard ones refuse the record, warnings only speak.</summary>
public enum FaultCode
{
    Missing,
    TooLong,
    ControlCharacter,
    Formula,
    NoLetter,
    BadSex,
    BadDate,
    BadInstant,
    IncompleteDate,
    FutureDate,
    DateTooEarly,
    BeforeBirth,
    BadIdentityType,
    BadNationality,
    UnknownProduct,
    BadDoseNumber,
    BadDoseKind,
    BadVersion,
    UnknownFacility,
    NotYourFacility,
    KnownReference,
    WrongVersion,
    NothingToCorrect,
    RepeatedInRequest,
    UnknownMember,
    BadType,
    OutOfRange,
    StaleAuthentication,
    TypeAnew,
    BadOutcome,
    NotOnWorklist,
    NotListed,
    BadNumber,
    NotAJsonLine,
    ReferenceIsFixed,
    Withdrawn,
    CertificateRevoked,
    CertificateSuspended,

    // warnings
    UnknownLot,
    ExpiredLot,
    BeforeLicence,
    TooYoung,
    IdentityDisagrees,
}

public static class FaultCodes
{
    static readonly Dictionary<FaultCode, string> Wire =
        Enum.GetValues<FaultCode>().ToDictionary(code => code, code => Kebab.Of(code.ToString()));

    static readonly Dictionary<string, FaultCode> ByWire = Wire.ToDictionary(pair => pair.Value, pair => pair.Key);

    public static string ToWire(this FaultCode code) => Wire[code];

    public static FaultCode Parse(string wire) => ByWire[wire];

    public static bool IsWarning(this FaultCode code) => code >= FaultCode.UnknownLot;
}
