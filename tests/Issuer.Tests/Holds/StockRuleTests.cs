using Issuer.Core.Holds;
using Issuer.Core.Policies;

namespace Issuer.Tests.Holds;

public sealed class StockRuleTests
{
    static readonly StockPolicy Policy = PolicyKinds.Stock.Shipped.Of(PolicyKinds.Stock);

    [Theory]
    [InlineData(5L, 7L, 9L, StockSource.Own)]
    [InlineData(0L, 7L, 9L, StockSource.Own)]
    [InlineData(-3L, null, null, StockSource.Own)]
    [InlineData(null, 7L, 9L, StockSource.Commune)]
    [InlineData(null, 0L, 9L, StockSource.Commune)]
    [InlineData(null, null, 9L, StockSource.Province)]
    [InlineData(null, null, null, StockSource.None)]
    public void The_nearest_place_where_the_product_was_booked_counts_though_nothing_be_left(
        long? own, long? ofCommune, long? ofProvince, StockSource source) =>
        Assert.Equal(source, new ReceivedDoses(own, ofCommune, ofProvince).Source);

    [Theory]
    [InlineData(100, 120)]
    [InlineData(4, 4)]
    [InlineData(5, 6)]
    [InlineData(0, 0)]
    [InlineData(-100, 0)]
    [InlineData(1_000_000_000_000, 1_200_000_000_000)]
    public void A_fifth_more_than_was_received_is_believed(long received, long allowed) =>
        Assert.Equal(allowed, StockRule.AllowedOf(received, Policy));

    [Theory]
    [InlineData("79001", 0, 400)]
    [InlineData("79999", 0, 5000)]
    [InlineData("79001", 1000, 1400)]
    [InlineData("79999", 1000, 6000)]
    public void Without_receipts_so_many_of_a_day_are_believed(string facility, long announced, long allowed) =>
        Assert.Equal(
            allowed,
            StockRule.AllowedADay(facility, Policy with { MassSites = new HashSet<string> { "79999" } }, announced));

    [Theory]
    [InlineData(399, 400, 0)]
    [InlineData(400, 400, 0)]
    [InlineData(401, 400, 1)]
    public void What_is_beyond_is_what_exceeds(long doses, long allowed, long beyond) =>
        Assert.Equal(beyond, StockRule.Beyond(doses, allowed));
}
