using Issuer.Core.Identity;

namespace Issuer.Tests.Identity;

public sealed class ExemptClaimsTests
{
    static readonly ExemptCap Policy = ExemptCap.Default with
    {
        Ceilings = ExemptCap.Default.Ceilings with { PerFacilityAndDay = 5 },
    };

    /// <summary>Good rows, free exempt ones, entered that day, stopped; rows by id; those held, or let go.</summary>
    [Theory]
    [InlineData(0, 20, 3, false, "1 2 3", "")]
    [InlineData(0, 22, 3, false, "1 2 3", "2 3")]
    [InlineData(0, 40, 3, false, "1 2 3", "1 2 3")]
    [InlineData(440, 22, 3, false, "1 2 3", "")]
    [InlineData(0, 3, 7, false, "1 2 3", "2 3")]
    [InlineData(0, 3, 5, false, "3 1 2", "")]
    [InlineData(0, 21, 6, false, "1 2 3", "3")]
    [InlineData(0, 3, 3, true, "1 2 3", "1 2 3")]
    public void Too_many_are_the_youngest_beyond_share_or_ceilings(
        long good, long free, long entered, bool isStopped, string rows, string held) =>
        Assert.Equal(held, Text(Claims(good, free, entered, isStopped).TooManyOf(Rows(rows))));

    [Theory]
    [InlineData(0, 20, 3, false, "1 2 3", "")]
    [InlineData(0, 18, 3, false, "3 2 1", "1 2")]
    [InlineData(0, 25, 3, false, "1 2 3", "")]
    [InlineData(460, 20, 3, false, "1 2 3", "1 2 3")]
    [InlineData(0, 0, 7, false, "1 2 3", "1")]
    [InlineData(0, 0, 9, false, "1 2 3", "")]
    [InlineData(0, 0, 3, true, "1 2 3", "")]
    public void There_is_room_for_the_oldest_that_no_ceiling_holds(
        long good, long free, long entered, bool isStopped, string rows, string released) =>
        Assert.Equal(released, Text(Claims(good, free, entered, isStopped).RoomFor(Rows(rows))));

    [Fact]
    public void What_two_people_raised_counts_instead_of_the_share_and_no_ceiling_falls()
    {
        var claims = Claims(0, 40, 7, false) with { Raised = 100 };
        Assert.Equal("2 3", Text(claims.TooManyOf(Rows("1 2 3"))));
    }

    static ExemptClaims Claims(long good, long free, long entered, bool isStopped) =>
        new(good, free, null, Policy, new Dictionary<long, ExemptDay> { [9] = new(entered, isStopped) });

    static List<ExemptRow> Rows(string ids) =>
        [.. ids.Split(' ').Select(id => new ExemptRow("79001", long.Parse(id, null), 9))];

    static string Text(IEnumerable<long> ids) => string.Join(' ', ids.Order());
}
