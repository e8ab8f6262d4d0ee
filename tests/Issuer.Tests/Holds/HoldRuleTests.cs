using Issuer.Core.Holds;

namespace Issuer.Tests.Holds;

public sealed class HoldRuleTests
{
    static readonly DateTimeOffset Due = Given.Now.AddDays(2);

    [Fact]
    public void A_hold_is_the_provinces_until_it_is_late_and_the_ministrys_where_there_is_none()
    {
        Assert.Equal(HoldReviewer.Province, HoldRule.ReviewerOf("79", Due, Due.AddSeconds(-1)));
        Assert.Equal(HoldReviewer.Ministry, HoldRule.ReviewerOf("79", Due, Due));
        Assert.Equal(HoldReviewer.Ministry, HoldRule.ReviewerOf(null, Due, Due.AddSeconds(-1)));
    }

    [Fact]
    public void Causes_are_read_back_as_they_were_written_and_unknown_ones_are_left_out()
    {
        var all = Enum.GetValues<HoldCause>();
        Assert.Equal(all, HoldCauses.Parse(HoldCauses.ToText(all.Reverse())));
        Assert.Equal([HoldCause.Far], HoldCauses.Parse("far of-later"));
        Assert.All(all, cause => Assert.NotEqual(HoldCauses.TextOf(cause).Vi, HoldCauses.TextOf(cause).En));
    }

    [Theory]
    [InlineData(20, false)]
    [InlineData(21, true)]
    [InlineData(4, true)]
    [InlineData(5, false)]
    public void The_night_is_vietnams(int hour, bool isNight) => Assert.Equal(isNight, Days.Policy.NightHours.Has(
        new DateTimeOffset(2026, 3, 1, hour, 0, 0, TimeSpan.FromHours(7)).ToUniversalTime(), TimeSpan.FromHours(7)));
}
