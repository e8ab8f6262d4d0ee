using FsCheck;
using FsCheck.Fluent;
using Issuer.Core.Progress;

namespace Issuer.Tests.Progress;

public sealed class CountingTests
{
    static readonly DateOnly Today = new(2026, 3, 2);
    static readonly DateTimeOffset Now = new(2026, 3, 2, 5, 0, 0, TimeSpan.Zero);

    static Arbitrary<Counts> SomeCounts =>
        Gen.Choose(0, 5).ListOf(Measures.All.Count).Select(numbers => new Counts(
            Measures.All.Zip(numbers).ToDictionary(pair => pair.First, pair => (long)pair.Second))).ToArbitrary();

    [Fact]
    public void Counts_are_what_they_were_when_they_were_written_down() => Prop.ForAll(
        SomeCounts, counts => Counts.Parse(counts.ToString()).Equals(counts)).QuickCheckThrowOnFailure();

    [Fact]
    public void The_sum_has_every_measure_of_its_parts() => Prop.ForAll(
        SomeCounts, SomeCounts, (one, other) =>
        {
            var sum = Counts.Sum([one, other]);
            return Measures.All.All(measure => sum[measure] == one[measure] + other[measure]);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_measure_that_is_no_more_is_passed_over() =>
        Assert.Equal("records_entered=2", Counts.Parse("records_entered=2 horses_shod=4").ToString());

    [Fact]
    public void The_median_of_an_area_is_that_of_its_records()
    {
        var quick = new CleaningTimes(new Dictionary<long, long> { [0] = 1, [3] = 8 });
        var slow = new CleaningTimes(new Dictionary<long, long> { [40] = 11 });
        var both = CleaningTimes.Sum([quick, slow]);

        Assert.Equal((1m, 10.25m), (quick.Within(0.5), slow.Within(0.5)));
        Assert.Equal((10.25m, 10.25m, 20), (both.Within(0.5), both.Within(0.9), both.Records));
        Assert.Equal(1m, both.Within(0.45));
        Assert.Null(CleaningTimes.None.Within(0.5));
        Assert.Equal(both, CleaningTimes.Parse(both.ToString()));
    }

    [Fact]
    public void Areas_add_up_and_old_provinces_are_those_of_today()
    {
        FacilityProgress At(string code, string? province, long entered) => new(
            code, province, null, new Counts(new Dictionary<Measure, long> { [Measure.RecordsEntered] = entered }),
            CleaningTimes.None, null);
        FacilityProgress[] all = [At("a", "27", 1), At("b", "24", 2), At("c", "79", 4), At("d", null, 8)];

        var provinces = AreaProgress.By(AreaKind.Province, all);

        Assert.Equal(
            [(null, 8), ("24", 3), ("79", 4)],
            provinces.Select(area => (area.Code, area.Counts[Measure.RecordsEntered])));
        Assert.Equal(15, AreaProgress.Sum(null, all).Counts[Measure.RecordsEntered]);
    }

    [Fact]
    public void A_pass_waits_twenty_times_as_long_as_the_last_one_took()
    {
        var last = new CountingPass(Today, false, Now, TimeSpan.FromMinutes(1));

        Assert.Null(CountProgress.Plan(last, Now.AddMinutes(19), Today, always: false));
        Assert.NotNull(CountProgress.Plan(last, Now.AddMinutes(19), Today, always: true));
        Assert.Equal(Today, CountProgress.Plan(last, Now.AddMinutes(20), Today, always: false)?.Day);
        Assert.Equal(Today, CountProgress.Plan(null, Now, Today, always: false)?.Day);
    }

    [Fact]
    public void The_first_pass_after_midnight_closes_the_day_before()
    {
        var last = new CountingPass(Today.AddDays(-1), false, Now, TimeSpan.FromHours(10));

        var closing = CountProgress.Plan(last, Now.AddMinutes(1), Today, always: false);

        Assert.Equal((Today.AddDays(-1), true), (closing!.Day, closing.Closes));
        Assert.Equal(Today, CountProgress.Plan(closing, Now.AddMinutes(2), Today, always: false)?.Day);
    }
}
