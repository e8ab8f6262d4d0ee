using Issuer.Core.Facilities;
using Issuer.Core.Identity;
using static Issuer.Storage.Predicates;

namespace Issuer.Storage.Holds;

/// <summary>What is booked at places, for all facilities there that have no doses of their own.</summary>
static class SharedRows
{
    /// <summary>Where doses may be booked that are for the facility and others: the nearest first.</summary>
    public static IReadOnlyList<string> PlacesOf(Facility facility) =>
    [
        .. new[] { facility.Commune, facility.Province is { } province ? Provinces.Today(province) : null }
            .OfType<string>(),
    ];

    /// <summary>The same by facility; those that are not known have none.</summary>
    public static async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> PlacesAsync(
        WriteSession session, string[] facilities)
    {
        var known = (await session.QueryAsync<Facility>(
            $"select {ColumnList.Of<Facility>()} from facility where code {session.OneOf("facilities")}",
            new { facilities })).ToDictionary(facility => facility.Code, PlacesOf);
        return facilities.ToDictionary(code => code, code => known.GetValueOrDefault(code, []));
    }

    /// <summary>Of these facilities and products those that were booked at the facility itself.</summary>
    public static async Task<HashSet<ProductAt>> WithOwnAsync(
        WriteSession session, IReadOnlyCollection<ProductAt> products) =>
        (await session.QueryAsync<(string Facility, string Product)>(
            $"""
            select distinct s.holder, s.product from stock s
            where {IsAtFacility("s")} and s.holder {session.OneOf("holders")} and s.product {session.OneOf("products")}
            """,
            ParametersOf(products))).Select(row => new ProductAt(row.Facility, row.Product)).ToHashSet();

    /// <summary>Received, less what was passed on, by place and product; those without any are left out.</summary>
    public static async Task<IReadOnlyDictionary<ProductAt, long>> BookedAsync(
        WriteSession session, IReadOnlyCollection<ProductAt> places) => places.Count == 0
        ? new Dictionary<ProductAt, long>()
        : (await session.QueryAsync<(string Place, string Product, long Doses)>(
            $"""
            select s.holder, s.product, cast(sum(s.doses) as bigint) from stock s
            where {IsAtPlace("s")} and s.holder {session.OneOf("holders")} and s.product {session.OneOf("products")}
            group by s.holder, s.product
            """,
            ParametersOf(places))).ToDictionary(row => new ProductAt(row.Place, row.Product), row => row.Doses);

    static object ParametersOf(IReadOnlyCollection<ProductAt> products) => new
    {
        holders = products.Select(at => at.Holder).Distinct().ToArray(),
        products = products.Select(at => at.Product).Distinct().ToArray(),
    };
}
