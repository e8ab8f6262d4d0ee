using Issuer.Core.Publication;

namespace Issuer.Tests.Publication;

public sealed class PublicationPolicyTests
{
    static readonly DateTimeOffset Noon = new(2022, 6, 30, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(null, true)]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [InlineData(5, false)]
    [InlineData(6, true)]
    [InlineData(30, true)]
    public void A_round_begins_every_six_hours_of_the_day_whenever_the_last_one_was(int? hoursSince, bool isDue) =>
        Assert.Equal(isDue, PublicationPolicy.Default.IsRoundDue(
            hoursSince is null ? null : Noon.AddSeconds(1), Noon.AddHours(hoursSince ?? 0).AddSeconds(1)));

    [Fact]
    public void What_was_published_just_before_a_round_is_followed_in_it() =>
        Assert.True(PublicationPolicy.Default.IsRoundDue(Noon.AddSeconds(-1), Noon));

    [Fact]
    public void A_clock_set_back_makes_no_round() =>
        Assert.False(PublicationPolicy.Default.IsRoundDue(Noon, Noon.AddHours(-7)));

    [Theory]
    [InlineData(0)]
    [InlineData(-6)]
    [InlineData(7)]
    public void Rounds_divide_the_day(int hours) => Assert.Throws<ArgumentOutOfRangeException>(
        () => new PublicationPolicy { Round = TimeSpan.FromHours(hours) });
}
