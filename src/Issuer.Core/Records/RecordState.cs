namespace Issuer.Core.Records;

/// <summary>
/// Where a record stands with the population registry (design.md step 3). Stored by number: only append.
/// </summary>
public enum RecordState
{
    /// <summary>Not asked yet, or the registry gave no answer.</summary>
    Pending = 0,
    Matched = 1,
    Mismatched = 2,
    NotFound = 3,
    MissingId = 4,
    BadIdFormat = 5,

    /// <summary>A foreign national with a foreign passport: there is nobody to ask.</summary>
    Exempt = 6,
}

public static class RecordStates
{
    static readonly Dictionary<RecordState, string> Wire =
        Enum.GetValues<RecordState>().ToDictionary(state => state, state => Kebab.Of(state.ToString(), '_'));

    public static string ToWire(this RecordState state) => Wire[state];

    /// <summary>Whether such a record belongs to a known person.</summary>
    public static bool HasSubject(this RecordState state) => state is RecordState.Matched or RecordState.Exempt;
}
