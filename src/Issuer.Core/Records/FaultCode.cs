namespace Issuer.Core.Records;

/// <summary>
/// Every fault a record can have. Hard ones refuse the record, warnings only speak. What else is sent (a report, a
/// reason, a parameter) breaks the same rules where it has such a field.
/// </summary>
public enum FaultCode
{
    Missing,
    TooLong,
    ControlCharacter,
    Formula,
    NoLetter,
    DamagedLetters,
    SpreadsheetError,
    BadSex,
    BadDate,
    MonthBeforeDay,
    AmbiguousDate,
    TwoDigitYear,
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
    ReferenceReused,
    WrongVersion,
    NothingToCorrect,
    ReferenceIsFixed,
    Withdrawn,
    TooOften,

    // warnings
    UnknownLot,
    ExpiredLot,
    BeforeLicence,
    TooYoung,
    IdentityDisagrees,
    SharedNumber,
    AnsweredLater,
}

/// <summary>
/// Every fault a request can have beside those of a record: how it was written, who sent it, and what it asks for.
/// </summary>
public enum RequestFaultCode
{
    RepeatedInRequest,
    UnknownMember,
    BadType,
    NotAJsonLine,
    StrayQuote,
    ExtraCells,
    NotStorable,
    OutOfRange,
    NotListed,
    BadInstant,
    BadNumber,
    StaleAuthentication,
    TypeAnew,
    BadOutcome,
    NotOnWorklist,
    CertificateRevoked,
    CertificateSuspended,
}

/// <summary>How both lists are spelled outside.</summary>
public static class FaultCodes
{
    public static string ToWire(this FaultCode code) => Spelling<FaultCode>.Wire[code];

    public static string ToWire(this RequestFaultCode code) => Spelling<RequestFaultCode>.Wire[code];

    public static bool IsWarning(this FaultCode code) => code >= FaultCode.UnknownLot;

    internal static bool TryRead<T>(string wire, out T code)
        where T : struct, Enum => Spelling<T>.ByWire.TryGetValue(wire, out code);

    static class Spelling<T>
        where T : struct, Enum
    {
        public static readonly Dictionary<T, string> Wire =
            Enum.GetValues<T>().ToDictionary(code => code, code => Kebab.Of(code.ToString()));

        public static readonly Dictionary<string, T> ByWire = Wire.ToDictionary(pair => pair.Value, pair => pair.Key);
    }
}
