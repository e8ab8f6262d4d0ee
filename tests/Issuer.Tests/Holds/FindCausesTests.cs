using Issuer.Core.Holds;
using static Issuer.Tests.Holds.Days;

namespace Issuer.Tests.Holds;

public sealed class FindCausesTests
{
    [Fact]
    public void An_ordinary_day_is_no_suspicion() => Assert.Empty(Find([.. Past(), Of(45)]));

    public static TheoryData<string, FacilityDay> Alone => new()
    {
        { "volume", Of(200) },
        { "boosters", Of(45, boosters: 1) },
        { "exempt", Of(45, exempt: 1) },
        { "volume with one other", Of(200, late: 1) },
        { "others without a heavy one", Of(45, late: 1, far: 1, night: 1) },
        { "boosters with one other", Of(45, boosters: 1, night: 1) },
    };

    [Theory]
    [MemberData(nameof(Alone))]
    public void No_cause_holds_alone(string what, FacilityDay today) =>
        Assert.True(
            Find([.. Past(60), today, Of(15, clerk: "C2", signatory: "S2"), Of(15, clerk: "C3")]).Count == 0, what);

    public static TheoryData<string, FacilityDay> Together => new()
    {
        { "volume boosters", Of(200, boosters: 1) },
        { "volume exempt", Of(200, exempt: 1) },
        { "boosters exempt", Of(45, boosters: 1, exempt: 1) },
        { "volume late far", Of(200, late: 1, far: 1) },
        { "volume late night", Of(200, late: 1, night: 1) },
        { "volume far night", Of(200, far: 1, night: 1) },
        { "boosters late far", Of(45, boosters: 1, late: 1, far: 1) },
        { "exempt far night", Of(45, exempt: 1, far: 1, night: 1) },
    };

    [Theory]
    [MemberData(nameof(Together))]
    public void Two_heavy_causes_hold_and_one_with_two_others(string causes, FacilityDay today)
    {
        var found = Assert.Single(Find([.. Past(), today]));
        Assert.Equal((causes, Today, "C1"), (HoldCauses.ToText(found.Causes), found.From, found.Clerk));
    }

    [Fact]
    public void A_stolen_login_in_a_large_facility_is_found_and_the_others_go_on()
    {
        var hospital = Station with { Kind = "hospital" };
        var others = Enumerable.Range(2, 8).Select(n => Of(90, clerk: $"C{n}", signatory: "S2", far: 0.2));
        var past = from ago in Enumerable.Range(1, 40)
                   from n in Enumerable.Range(1, 9)
                   select Of(90, ago, $"C{n}", $"S{1 + ((n + ago) % 2)}", far: 0.2);

        var found = FindCauses.Of(
            hospital, [.. past, .. others, Of(300, clerk: "C1", late: 0.9, far: 0.9)], Today, Policy);

        Assert.Equal("C1", Assert.Single(found).Clerk);
    }

    [Fact]
    public void What_many_clerks_do_together_is_held_as_the_whole()
    {
        var today = Enumerable.Range(1, 10).Select(
            n => Of(30, clerk: $"N{n}", late: 1, far: 1));
        var found = Assert.Single(Find([.. Past(), .. today]));
        Assert.Null(found.Clerk);
    }

    [Fact]
    public void Three_boosters_in_a_village_are_no_cause() =>
        Assert.Empty(Find([.. Past(6), Of(3, boosters: 1, exempt: 1, late: 1, far: 1, night: 1)]));

    [Fact]
    public void A_share_that_the_facility_always_had_is_no_cause()
    {
        var abroad = from ago in Enumerable.Range(1, 40) select Of(40, ago, exempt: 0.9, boosters: 0.9);
        Assert.Empty(Find([.. abroad, Of(40, exempt: 0.9, boosters: 0.9)]));
    }

    [Fact]
    public void One_pair_is_a_cause_only_where_there_are_others()
    {
        var alone = from ago in Enumerable.Range(1, 40) select Of(40, ago);
        Assert.Empty(Find([.. alone, Of(200, late: 1)]));
        Assert.Empty(Find([Of(1000, late: 1)]));

        var pairs = from ago in Enumerable.Range(1, 40)
                    from n in Enumerable.Range(1, 2)
                    select Of(20, ago, $"C{n}", $"S{n}");
        Assert.Equal(
            [HoldCause.Volume, HoldCause.Late, HoldCause.Together],
            Assert.Single(Find([.. pairs, Of(200, late: 1)])).Causes);
    }

    [Fact]
    public void Who_has_no_past_is_measured_by_staff_and_hours()
    {
        FacilityDay[] today = [Of(400, late: 1, far: 1)];
        Assert.Empty(FindCauses.Of(Station, today, Today, Policy));
        Assert.Single(FindCauses.Of(Station with { Staff = 2 }, today, Today, Policy));
        Assert.Single(FindCauses.Of(Station with { Hours = 3 }, today, Today, Policy));
        Assert.Empty(FindCauses.Of(Station with { Staff = 6, Hours = 8 }, today, Today, Policy));
    }

    [Fact]
    public void A_drip_adds_up_in_the_longer_windows()
    {
        var drip = from ago in Enumerable.Range(0, 7) select Of(48, ago, "X", "S1", late: 1, far: 1, night: 0.6);
        var past = Past(18).Where(day => day.Day < Today.AddDays(-6));

        var found = Assert.Single(Find([.. past, .. drip]));
        Assert.Equal(Today.AddDays(-6), found.From);
    }

    [Fact]
    public void What_somebody_has_looked_at_is_the_past_and_no_cause_any_more()
    {
        var seen = Of(200, late: 1, far: 1, isEnded: true);
        Assert.Empty(Find([.. Past(), seen, Of(20, late: 1, far: 1)]));
        Assert.Single(Find([.. Past(), seen, Of(120, late: 1, far: 1)]));
    }

    /// <summary>Batch by batch, as the signatures come in; the batch that opens the hold is held already.</summary>
    [Theory]
    [InlineData(604, 604, 10, 100)]
    [InlineData(604, 604, 1, 100)]
    [InlineData(6000, 600, 20, 300)]
    public void A_fraud_gets_no_further_than(int certificates, int perDay, int batch, long most)
    {
        var days = Past().Select(day => day with { Day = day.Day.AddDays(-1) }).ToList();
        long through = 0;
        for (var done = 0; done < certificates;)
        {
            var today = Today.AddDays(done / perDay);
            if (days.All(day => day.Day < today))
            {
                days.AddRange(Enumerable.Range(1, 3).Select(
                    n => Of(15, clerk: $"C{n}", signatory: "S2", far: 0.1) with { Day = today }));
            }
            days.Add(Of(batch, clerk: "C2", late: 1, far: 1) with { Day = today });
            done += batch;
            var isHeld = FindCauses.Of(Station, days, today, Policy).Any(s => s.Clerk is null or "C2");
            through += isHeld ? 0 : batch;
        }
        Assert.InRange(through, 1, most);
    }
}
