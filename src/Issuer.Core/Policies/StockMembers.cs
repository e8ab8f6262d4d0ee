using Issuer.Core.Holds;

namespace Issuer.Core.Policies;

/// <summary>The members of a <c>stock</c> policy.</summary>
static class StockMembers
{
    const int Highest = 1_000_000;
    const int MostSites = 2000;
    const int LongestDays = 365;

    public static StockPolicy Read(PolicyFields fields, DateOnly validFrom) => new(
        fields["extraPercent"].Whole(0, 100), fields["perDayWithoutReceipts"].Whole(0, Highest),
        fields["massSitePerDay"].Whole(0, Highest),
        fields["massSites"].Set(MostSites, item => item.Text()).ToHashSet(),
        fields["growth"].Members(ReadGrowth) ?? new GrowthRule(1, 1));

    /// <summary>The same wherever the fastest-growing facilities are stopped.</summary>
    public static GrowthRule ReadGrowth(PolicyFields fields) =>
        new(fields["days"].Whole(1, LongestDays), fields["steady"].Whole(1, Highest));
}
