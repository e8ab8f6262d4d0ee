namespace Issuer.Core.Progress;

/// <summary>
/// Everything that is counted. The first word is the unit: records (as entered), doses (as received), people,
/// facilities, reports. All of them add up, over facilities to areas. A withdrawn record counts nowhere.
/// </summary>
public enum Measure
{
    RecordsEntered,

    /// <summary>The same dose was entered before.</summary>
    RecordsDuplicate,

    /// <summary>Under suspicion.</summary>
    RecordsHeld,

    /// <summary>Matched or exempt, no duplicate, not held: a certificate may rest on them.</summary>
    RecordsValid,

    /// <summary>Not yet asked for, or asked for again.</summary>
    RecordsPending,
    RecordsMatched,
    RecordsExempt,

    /// <summary>No number: group 1 of CV 2262, and so on.</summary>
    RecordsErrorGroup1,
    RecordsErrorGroup2,
    RecordsErrorGroup3,

    /// <summary>The registry knows nobody like that.</summary>
    RecordsNotFound,

    /// <summary>For somebody's correction: the error groups together.</summary>
    RecordsWaiting,

    /// <summary>Waited, and are right now.</summary>
    RecordsCleaned,
    RecordsAttested,

    /// <summary>Entered on the day of the dose, as CV 1815 demands.</summary>
    RecordsSameDay,
    DosesReceived,

    /// <summary>Of lots received, above what was entered of each.</summary>
    DosesNotEntered,

    /// <summary>Known to the registry or exempt; each is counted where their last dose was given.</summary>
    PeopleMatched,
    PeopleCertified,

    /// <summary>For a certificate.</summary>
    PeopleWaiting,
    FacilitiesAll,

    /// <summary>Can sign.</summary>
    FacilitiesEquipped,

    /// <summary>Entered or corrected something in the last seven days.</summary>
    FacilitiesActive,
    ReportsOpen,

    /// <summary>Of the open ones, those past their deadline.</summary>
    ReportsLate,
}

public static class Measures
{
    static readonly Dictionary<string, Measure> ByName =
        Enum.GetValues<Measure>().ToDictionary(measure => Kebab.Of(measure.ToString(), '_'));

    static readonly Dictionary<Measure, string> Names = ByName.ToDictionary(pair => pair.Value, pair => pair.Key);

    public static IReadOnlyList<Measure> All { get; } = Enum.GetValues<Measure>();

    public static string Name(this Measure measure) => Names[measure];

    /// <summary>Null: no such measure, or no longer one.</summary>
    public static Measure? Read(string name) => ByName.TryGetValue(name, out var measure) ? measure : null;
}
