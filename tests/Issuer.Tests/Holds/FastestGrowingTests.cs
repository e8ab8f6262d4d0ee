using Issuer.Core.Holds;

namespace Issuer.Tests.Holds;

public sealed class FastestGrowingTests
{
    static readonly GrowthRule Rule = new(Days: 7, Steady: 50);

    public static TheoryData<string, long, string> Table => new()
    {
        // facility:recent:before; what is beyond; who is stopped by how much
        { "thief:6000:100 large:5000:4800 small:40:30", 100, "thief:100" },
        { "thief:6000:100 large:5000:4800 small:40:30", 6000, "thief:6000" },
        { "thief:604:10 large:5000:4800 small:40:30", 700, "thief:604 small:40" },
        { "thief:604:10 large:5000:4800", 10_000, "thief:604" },
        { "new:40:0 doubled:2000:1000 steady:300:300", 50, "doubled:50" },
        { "new:400:0 doubled:2000:1000 steady:300:300", 50, "new:50" },
        { "alone:10:10", 4, "alone:4" },
        { "alone:10:10", 40, "alone:10" },
        { "b:10:10 a:10:10", 4, "a:4" },
        { "quiet:0:100 busy:10:10", 4, "busy:4" },
        { "quiet:0:0 other:0:0", 4, "" },
        { "thief:6000:100 large:5000:4800", 0, "" },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void The_fastest_against_their_own_past_are_stopped_and_never_all(string all, long beyond, string stopped) =>
        Assert.Equal(
            stopped,
            string.Join(' ', FastestGrowing.Stop([.. all.Split(' ').Select(Read)], beyond, Rule)
                .Select(one => $"{one.Facility}:{one.Beyond}")));

    [Theory]
    [InlineData(100, 100, 0, 0)]
    [InlineData(140, 100, 7, 40)]
    [InlineData(140, 100, 2, 40)]
    [InlineData(500, 100, 28, 100)]
    [InlineData(90, 100, 28, 0)]
    public void The_past_is_the_mean_of_as_many_days(long total, long recent, long daysBefore, long before) =>
        Assert.Equal(new Growth("a", recent, before), Growth.Of("a", total, recent, daysBefore, Rule));

    static Growth Read(string text) =>
        text.Split(':') is [var facility, var recent, var before]
            ? new Growth(facility, long.Parse(recent, null), long.Parse(before, null))
            : throw new FormatException(text);
}
