using Issuer.Core.Identity;

namespace Issuer.Core.Progress;

/// <summary>What was counted of one facility.</summary>
/// <param name="WaitsSince">Of the record that has waited longest for a correction; null: none waits.</param>
public sealed record FacilityProgress(
    string Facility, string? Province, string? Commune, Counts Counts, CleaningTimes CleaningTimes,
    DateTimeOffset? WaitsSince);

/// <summary>Which areas are told apart.</summary>
public enum AreaKind
{
    Province,
    Commune,
    Facility,
}

/// <summary>The counts of an area: the sum of its facilities'.</summary>
/// <param name="Code">Null: all that was asked for, or facilities without such an area above them.</param>
public sealed record AreaProgress(
    string? Code, Counts Counts, CleaningTimes CleaningTimes, DateTimeOffset? WaitsSince)
{
    public static AreaProgress Sum(string? code, IReadOnlyCollection<FacilityProgress> facilities) => new(
        code, Counts.Sum(facilities.Select(f => f.Counts)),
        CleaningTimes.Sum(facilities.Select(f => f.CleaningTimes)), facilities.Min(f => f.WaitsSince));

    /// <summary>By code; provinces by their codes of today.</summary>
    public static IReadOnlyList<AreaProgress> By(AreaKind kind, IEnumerable<FacilityProgress> facilities) =>
        [.. facilities.GroupBy(f => CodeOf(kind, f)).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => Sum(group.Key, [.. group]))];

    /// <summary>How long the oldest has waited at a moment, in whole days.</summary>
    public long? DaysWaiting(DateTimeOffset at) =>
        WaitsSince is { } since ? Math.Max(0, (long)(at - since).TotalDays) : null;

    static string? CodeOf(AreaKind kind, FacilityProgress facility) => kind switch
    {
        AreaKind.Province => facility.Province is { } province ? Provinces.Today(province) : null,
        AreaKind.Commune => facility.Commune,
        AreaKind.Facility => facility.Facility,
    };
}
