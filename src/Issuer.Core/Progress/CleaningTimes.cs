using System.Globalization;

namespace Issuer.Core.Progress;

/// <summary>
/// How many records took how long from their first mismatch to their match, in quarters of a day: counts, so that the
/// times of facilities add up to those of areas, which their medians would not.
/// </summary>
public sealed class CleaningTimes(IReadOnlyDictionary<long, long> byQuarter) : IEquatable<CleaningTimes>
{
    public const int SecondsAQuarter = 6 * 60 * 60;

    /// <summary>A hundred days; longer ones are counted here.</summary>
    public const int LongestQuarter = 400;

    public static CleaningTimes None { get; } = new(new Dictionary<long, long>());

    public long Records => byQuarter.Values.Sum();

    /// <summary>
    /// The days that this share of the records took at most, to the quarter; null when there is none.
    /// </summary>
    public decimal? Within(double share)
    {
        var wanted = (long)Math.Ceiling(share * Records);
        foreach (var (quarter, records) in byQuarter.OrderBy(pair => pair.Key))
        {
            wanted -= records;
            if (wanted <= 0)
            {
                return (quarter + 1) / 4m;
            }
        }
        return null;
    }

    public static CleaningTimes Sum(IEnumerable<CleaningTimes> all) => new(all.SelectMany(times => times.Pairs)
        .GroupBy(pair => pair.Quarter).ToDictionary(group => group.Key, group => group.Sum(pair => pair.Records)));

    public IEnumerable<(long Quarter, long Records)> Pairs => byQuarter.Select(pair => (pair.Key, pair.Value));

    /// <summary>As it is stored: <c>0=12 7=1</c>.</summary>
    public override string ToString() => string.Join(' ', byQuarter.OrderBy(pair => pair.Key)
        .Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key}={pair.Value}")));

    public static CleaningTimes Parse(string text) => new(text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('=')).ToDictionary(
            pair => long.Parse(pair[0], CultureInfo.InvariantCulture),
            pair => long.Parse(pair[1], CultureInfo.InvariantCulture)));

    public bool Equals(CleaningTimes? other) => other?.ToString() == ToString();

    public override bool Equals(object? obj) => Equals(obj as CleaningTimes);

    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);
}
