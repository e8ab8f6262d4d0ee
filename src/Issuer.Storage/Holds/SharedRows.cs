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
            new
            {
                holders = places.Select(at => at.Holder).Distinct().ToArray(),
                products = places.Select(at => at.Product).Distinct().ToArray(),
            })).ToDictionary(row => new ProductAt(row.Place, row.Product), row => row.Doses);
}
