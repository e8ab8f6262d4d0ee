namespace Issuer.Core.Holds;

/// <summary>Where the doses come from that a facility gives.</summary>
public enum StockSource
{
    /// <summary>Booked at the facility itself.</summary>
    Own,

    /// <summary>Booked at its commune, for all facilities there that have none of their own.</summary>
    Commune,

    /// <summary>Booked at its province, for all facilities there that have neither.</summary>
    Province,

    /// <summary>Nobody booked any.</summary>
    None,
}

/// <summary>
/// Doses of one product that a facility can have: received, less what was passed on. Null: none was ever booked.
/// </summary>
public sealed record ReceivedDoses(long? Own, long? OfCommune, long? OfProvince)
{
    public StockSource Source =>
        Own is not null ? StockSource.Own
        : OfCommune is not null ? StockSource.Commune
        : OfProvince is not null ? StockSource.Province
        : StockSource.None;
}

/// <summary>
/// How many doses of a product may be entered, whatever lot they name: no more than were received. A lot tells nothing
/// here, since whoever invents a dose invents its lot or leaves it blank. Pure.
/// </summary>
public static class StockRule
{
    /// <summary>Doses that what was received is good for.</summary>
    public static long AllowedOf(long received, StockPolicy policy) =>
        Math.Max(0, received) * (100 + policy.ExtraPercent) / 100;

    /// <summary>Doses of one day of vaccination at a facility for which nobody booked the product.</summary>
    /// <param name="announced">What a backlog that was announced adds.</param>
    public static long AllowedADay(string facility, StockPolicy policy, long announced = 0) =>
        announced + (policy.MassSites.Contains(facility) ? policy.MassSitePerDay : policy.PerDayWithoutReceipts);

    public static long Beyond(long doses, long allowed) => Math.Max(0, doses - allowed);
}
