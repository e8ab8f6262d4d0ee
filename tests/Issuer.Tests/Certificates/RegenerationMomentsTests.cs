using Issuer.Core.Certificates;
using Issuer.Core.Pki;

namespace Issuer.Tests.Certificates;

public sealed class RegenerationMomentsTests
{
    const int Lineages = 100_000;

    static readonly DateTimeOffset Expiry = ValidityPolicy.Default.ExpiryOf(Given.Now);

    readonly RegenerationMoments moments = new(
        ValidityPolicy.Default, [.. Enumerable.Range(0, 32).Select(n => (byte)n)]);

    [Fact]
    public void Every_moment_lies_in_the_first_fifty_of_the_last_sixty_days()
    {
        for (var lineage = 1; lineage <= Lineages; lineage++)
        {
            Assert.InRange(moments.Of(lineage, Expiry), Expiry.AddDays(-60), Expiry.AddDays(-10).AddSeconds(-1));
        }
    }

    [Fact]
    public void Lineages_are_spread_evenly_over_the_fifty_days()
    {
        var days = Enumerable.Range(1, Lineages)
            .CountBy(n => (int)(moments.Of(n, Expiry) - Expiry.AddDays(-60)).TotalDays)
            .ToDictionary();

        Assert.Equal(50, days.Count);
        // 2,000 a day; the deviation is 44, and five of it are beyond chance.
        Assert.All(days.Values, count => Assert.InRange(count, 1_780, 2_220));
    }

    [Fact]
    public void A_lineage_keeps_its_place_and_another_key_gives_another()
    {
        Assert.Equal(moments.Of(7, Expiry), moments.Of(7, Expiry));
        Assert.Equal(moments.Of(7, Expiry).AddDays(100), moments.Of(7, Expiry.AddDays(100)));
        Assert.NotEqual(moments.Of(7, Expiry), moments.Of(8, Expiry));
        Assert.NotEqual(
            moments.Of(7, Expiry), new RegenerationMoments(ValidityPolicy.Default, new byte[32]).Of(7, Expiry));
    }

    [Fact]
    public void The_window_and_its_spread_are_the_ministrys()
    {
        var policy = new ValidityPolicy
        {
            RegenerationWindow = TimeSpan.FromDays(20), RegenerationSpread = TimeSpan.FromDays(5),
        };
        var own = new RegenerationMoments(policy, new byte[32]);

        Assert.All(Enumerable.Range(1, 1000), n => Assert.InRange(
            own.Of(n, Expiry), Expiry.AddDays(-20), Expiry.AddDays(-15).AddSeconds(-1)));
    }
}
