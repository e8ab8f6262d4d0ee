using Issuer.Core.Gateway;

namespace Issuer.Tests.Gateway;

public sealed class BatchCursorTests
{
    static readonly DateTimeOffset Start = new(2021, 6, 1, 0, 0, 0, TimeSpan.Zero);

    static BatchLine Line(int day) => new($"{day}", "DE", Start.AddDays(day), false);

    static DateTimeOffset After(int[] days, params int[] failed) => BatchCursor.After(
        Start, [.. days.Select(Line)], failed.Select(day => Line(day).Id).ToHashSet());

    [Fact]
    public void Without_lines_it_stays() => Assert.Equal(Start, After([]));

    [Fact]
    public void It_goes_to_the_last_line_when_none_failed() => Assert.Equal(Start.AddDays(9), After([3, 9, 5]));

    [Fact]
    public void It_stops_at_the_last_line_before_the_first_that_failed() =>
        Assert.Equal(Start.AddDays(3), After([3, 5, 7, 9], failed: [9, 5]));

    [Fact]
    public void It_stays_when_the_first_line_failed() => Assert.Equal(Start, After([3, 5], failed: [3]));

    [Fact]
    public void A_line_of_the_moment_of_a_failed_one_is_not_passed_either()
    {
        BatchLine[] lines = [Line(3), Line(5), Line(5) with { Id = "same moment" }];
        Assert.Equal(Start.AddDays(3), BatchCursor.After(Start, lines, new HashSet<string> { "5" }));
    }

    [Fact]
    public void It_never_goes_back() => Assert.Equal(Start.AddDays(20), BatchCursor.After(
        Start.AddDays(20), [Line(3), Line(5)], new HashSet<string>()));
}
