using Issuer.Core.Holds;
using Issuer.Core.Policies;

namespace Issuer.Tests.Holds;

/// <summary>A facility's work by day, as short as the tables that try it.</summary>
static class Days
{
    public const string Facility = "79001";

    public static readonly DateOnly Today = new(2026, 3, 2);

    public static HoldPolicy Policy { get; } = PolicyKinds.Holds.Shipped.Of(PolicyKinds.Holds);

    public static readonly WatchedFacility Station = new(Facility, "commune-station", "79", null, null);

    /// <summary>Ordinary doses of one pair.</summary>
    public static FacilityDay Of(
        long signed, int daysAgo = 0, string clerk = "C1", string signatory = "S1", double late = 0, double far = 0,
        double boosters = 0, double exempt = 0, double night = 0, long announced = 0, bool isEnded = false) => new(
            Facility, Today.AddDays(-daysAgo), clerk, signatory, isEnded, new Tally(
                signed, announced, signed, (long)(signed * far), (long)(signed * late), (long)(signed * boosters),
                (long)(signed * exempt), (long)(signed * night)));

    /// <summary>Four weeks of three pairs, so many doses a day together.</summary>
    public static IEnumerable<FacilityDay> Past(long perDay = 45, double late = 0.05, double far = 0.1) =>
        from ago in Enumerable.Range(1, 56)
        from pair in Enumerable.Range(1, 3)
        select Of(perDay / 3, ago, $"C{pair}", $"S{1 + ((pair + ago) % 2)}", late: late, far: far);

    public static IReadOnlyList<Suspicion> Find(params IEnumerable<FacilityDay> days) =>
        FindCauses.Of(Station, [.. days], Today, Policy);
}
