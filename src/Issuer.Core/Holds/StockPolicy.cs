namespace Issuer.Core.Holds;

/// <summary>How many doses of a product are believed: data of the ministry, in force from a day on.</summary>
/// <param name="ExtraPercent">Vials hold more doses than they are booked with.</param>
/// <param name="PerDayWithoutReceipts">
/// Doses that a facility for which nobody booked the product may enter, of one day of vaccination.
/// </param>
/// <param name="MassSitePerDay">The same for a mass vaccination site.</param>
/// <param name="MassSites">Their codes.</param>
/// <param name="Growth">Which facilities a spent pool stops.</param>
public sealed record StockPolicy(
    int ExtraPercent, long PerDayWithoutReceipts, long MassSitePerDay, IReadOnlySet<string> MassSites,
    GrowthRule Growth);

/// <summary>How growth is measured.</summary>
/// <param name="Days">The latest days, which are held against the mean of as many before them.</param>
/// <param name="Steady">
/// So many in these days are nobody's growth: they are added to both sides, so that a new site is not infinitely fast.
/// </param>
public sealed record GrowthRule(int Days, long Steady);
