namespace Issuer.Core.Records;

/// <summary>
/// One fault of one field of what was sent. The code is stable; the words are for people, in both languages.
/// </summary>
public sealed record Fault
{
    readonly Bilingual text;

    /// <param name="field">The name of the column or JSON member, as contract.md spells it.</param>
    /// <param name="expected">What it should have held; null: the code says it all.</param>
    public Fault(string field, FaultCode code, Expected? expected = null)
        : this(field, code.ToWire(), FaultText.Of(code), expected) => IsWarning = code.IsWarning();

    /// <param name="field">The name of the member, column, parameter, header or claim.</param>
    /// <param name="expected">What it should have held; null: the code says it all.</param>
    public Fault(string field, RequestFaultCode code, Expected? expected = null)
        : this(field, code.ToWire(), FaultText.Of(code), expected)
    {
    }

    Fault(string field, string code, Bilingual text, Expected? expected) =>
        (Field, Code, this.text, Expected) = (field, code, text, expected);

    public string Field { get; }

    /// <summary>As it is spelled outside.</summary>
    public string Code { get; }

    /// <summary>It only speaks, and refuses nothing.</summary>
    public bool IsWarning { get; }

    public Expected? Expected { get; }

    public string English => With(text.En, "expected", Expected?.English);

    public string Vietnamese => With(text.Vi, "cần", Expected?.Vietnamese);

    /// <summary>A fault that was kept by its code.</summary>
    public static Fault Kept(string field, string code) =>
        FaultCodes.TryRead<FaultCode>(code, out var ofRecord) ? new Fault(field, ofRecord)
        : FaultCodes.TryRead<RequestFaultCode>(code, out var ofRequest) ? new Fault(field, ofRequest)
        : throw new FormatException($"There is no fault {code}.");

    public bool Is(FaultCode code) => Code == code.ToWire();

    public bool Is(RequestFaultCode code) => Code == code.ToWire();

    public override string ToString() => $"{Field}: {Code} ({English})";

    static string With(string text, string word, string? expected) =>
        expected is null ? text : $"{text}; {word}: {expected}";
}
