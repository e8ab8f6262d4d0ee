using System.Globalization;
using Issuer.Core.Progress;
using Issuer.Server.Features.Records;

namespace Issuer.Server.Edge.Rest.Progress;

/// <summary>How far an area has come.</summary>
/// <param name="Code">Null: all that was asked for, or facilities without such an area above them.</param>
/// <param name="Counts">By unit and measure: <c>records_entered</c>, <c>doses_not_entered</c>, …</param>
/// <param name="DaysOldestWaiting">How long the oldest record has waited for its correction; null: none waits.</param>
/// <param name="DaysToMatchMedian">From a record's first mismatch to its match, to the quarter of a day.</param>
/// <param name="DaysToMatchP90">The same, for nine of ten records.</param>
sealed record AreaView(
    string? Code, IReadOnlyDictionary<string, long> Counts, long? DaysOldestWaiting, decimal? DaysToMatchMedian,
    decimal? DaysToMatchP90)
{
    const double Half = 0.5;
    const double NineOfTen = 0.9;

    public static readonly IReadOnlyList<string> Columns =
    [
        "code", .. Measures.All.Select(m => m.Name()), "days_oldest_waiting", "days_to_match_median",
        "days_to_match_p90",
    ];

    public static AreaView Of(AreaProgress area, DateTimeOffset at) => new(
        area.Code, Measures.All.ToDictionary(m => m.Name(), m => area.Counts[m]), area.DaysWaiting(at),
        area.CleaningTimes.Within(Half), area.CleaningTimes.Within(NineOfTen));

    /// <summary>The same as a CSV row, in the order of <see cref="Columns"/>.</summary>
    public IEnumerable<string?> Cells() =>
    [
        Code, .. Measures.All.Select(m => Text(Counts[m.Name()])), Text(DaysOldestWaiting), Text(DaysToMatchMedian),
        Text(DaysToMatchP90),
    ];

    static string? Text(IFormattable? number) => number?.ToString(null, CultureInfo.InvariantCulture);
}

/// <summary>How far the caller's area has come.</summary>
/// <param name="Day">As of the end of this day, or as far as it has come.</param>
/// <param name="CountedAt">Null: nothing was counted up to that day.</param>
/// <param name="Areas">Its parts, when <c>by</c> asks for them.</param>
sealed record ProgressView(DateOnly Day, DateTimeOffset? CountedAt, AreaView Total, IReadOnlyList<AreaView> Areas)
{
    public static ProgressView Of(
        DateOnly day, CountingPass? pass, AreaKind? by, IReadOnlyList<FacilityProgress> facilities)
    {
        var at = pass?.CountedAt ?? DateTimeOffset.UnixEpoch;
        return new ProgressView(
            day, pass?.CountedAt, AreaView.Of(AreaProgress.Sum(null, facilities), at),
            by is { } kind ? [.. AreaProgress.By(kind, facilities).Select(area => AreaView.Of(area, at))] : []);
    }

    public byte[] Csv() => SpreadsheetCsv.Write(
        [AreaView.Columns, .. (Areas.Count > 0 ? Areas : [Total]).Select(area => area.Cells())]);
}
