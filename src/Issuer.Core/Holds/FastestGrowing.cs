namespace Issuer.Core.Holds;

/// <summary>What a facility took of something shared.</summary>
/// <param name="Recent">In the latest days.</param>
/// <param name="Before">The mean of as many days before, of its own past.</param>
public sealed record Growth(string Facility, long Recent, long Before)
{
    /// <param name="total">Ever.</param>
    /// <param name="daysBefore">From its first day to the latest ones.</param>
    public static Growth Of(string facility, long total, long recent, long daysBefore, GrowthRule rule) =>
        new(facility, recent, Math.Max(0, total - recent) * rule.Days / Math.Max(rule.Days, daysBefore));
}

/// <summary>A facility that is stopped, and how much of the latest is too much.</summary>
public sealed record StoppedFacility(string Facility, long Beyond);

/// <summary>
/// Who is stopped when something shared is spent: those that grew fastest against their own past, and never all, so
/// that nobody stops everybody by using it up. Pure.
/// </summary>
public static class FastestGrowing
{
    /// <returns>The fastest first, until what they took lately covers what is beyond.</returns>
    public static IReadOnlyList<StoppedFacility> Stop(
        IReadOnlyCollection<Growth> all, long beyond, GrowthRule rule)
    {
        var stopped = new List<StoppedFacility>();
        // Whoever is alone is stopped; of several the slowest goes on.
        foreach (var one in all.OrderByDescending(one => RateOf(one, rule))
            .ThenBy(one => one.Facility, StringComparer.Ordinal).Take(Math.Max(1, all.Count - 1)))
        {
            var share = Math.Min(beyond, one.Recent);
            if (share > 0)
            {
                stopped.Add(new StoppedFacility(one.Facility, share));
                beyond -= share;
            }
        }
        return stopped;
    }

    static decimal RateOf(Growth growth, GrowthRule rule) =>
        (decimal)(growth.Recent + rule.Steady) / (growth.Before + rule.Steady);
}
