using Issuer.Core.Facilities;
using Issuer.Core.Holds;
using Issuer.Tests.Holds;

namespace Issuer.Tests.Facilities;

public sealed class DryRunHoldsTests
{
    static readonly DryRunHolds Run = new(Days.Policy, TimeSpan.FromHours(7));

    [Fact]
    public void A_history_tells_which_day_would_have_been_held_and_how_much_of_it()
    {
        var found = Assert.Single(Run.Of(Days.Station, [.. Ordinary(), .. Fraud(120)], []));

        Assert.Equal(
            (Days.Facility, new DateOnly(2026, 3, 2), false, "volume late far", 120L),
            (found.Facility, found.Day, found.IsOfOneClerk, HoldCauses.ToText(found.Causes), found.Doses));
        Assert.Empty(Run.Of(Days.Station, [.. Ordinary()], []));
    }

    [Fact]
    public void Of_an_announced_backlog_only_what_is_beyond_it_is_told()
    {
        var backlog = new AnnouncedBacklog(
            1, Days.Facility, "EU/1/20/1528", new DateOnly(2021, 9, 1), new DateOnly(2021, 9, 1), Left: 100);
        Assert.Empty(Run.Of(Days.Station, [.. Ordinary(), .. Fraud(120)], [backlog]));
        Assert.Single(Run.Of(Days.Station, [.. Ordinary(), .. Fraud(220)], [backlog]));
    }

    static IEnumerable<SignedThen> Ordinary() =>
        from ago in Enumerable.Range(1, 20)
        from n in Enumerable.Range(1, 20)
        select Signed(At(ago), DateOnly.FromDateTime(At(ago).Date), "079085000001");

    static IEnumerable<SignedThen> Fraud(int doses) =>
        Enumerable.Range(1, doses).Select(_ => Signed(At(0), new DateOnly(2021, 9, 1), "001085000001"));

    static DateTimeOffset At(int daysAgo) => new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero).AddDays(-daysAgo);

    static SignedThen Signed(DateTimeOffset at, DateOnly given, string number) => new(
        new SignedDose(1, Days.Facility, "clerk", at, given, "EU/1/20/1528", number, false, false, false), "signer",
        at);
}
