using Issuer.Core;
using Issuer.Core.Facilities;
using Issuer.Core.Holds;
using Issuer.Tests.Holds;

namespace Issuer.Tests.Facilities;

public sealed class CountSignedTests
{
    /// <summary>Three in the afternoon in Vietnam.</summary>
    static readonly DateTimeOffset Afternoon = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    static readonly CountSigned Count = new(Days.Policy, TimeSpan.FromHours(7), new Act("Signer", Afternoon));

    static readonly SignedDose Ordinary = new(
        1, Days.Facility, "clerk", Afternoon, new DateOnly(2026, 3, 1), "EU/1/20/1528", "079085000001", false, false,
        false);

    [Fact]
    public void An_ordinary_dose_has_nothing_unusual() =>
        Assert.Equal(new Tally(1, 0, 1, 0, 0, 0, 0, 0), TallyOf(Ordinary));

    [Theory]
    [InlineData("001085000001", 1, 1)]
    [InlineData("079085000001", 1, 0)]
    // Bình Dương and Bà Rịa - Vũng Tàu are of the same province since 2025.
    [InlineData("074085000001", 1, 0)]
    [InlineData("077085000001", 1, 0)]
    // No province has this code; nor has who has nine digits, or none.
    [InlineData("003085000001", 0, 0)]
    [InlineData("979085000001", 0, 0)]
    [InlineData("024000001", 0, 0)]
    [InlineData("", 0, 0)]
    public void The_number_names_the_province_of_birth(string number, long identified, long far)
    {
        var tally = TallyOf(Ordinary with { IdentityNumber = number });
        Assert.Equal((identified, far), (tally.Identified, tally.Far));
    }

    [Fact]
    public void A_unit_without_a_province_has_nobody_from_far_away() =>
        Assert.Equal(0, TallyOf(Ordinary with { IdentityNumber = "001085000001" }, province: null).Identified);

    [Theory]
    [InlineData(14, 0)]
    [InlineData(15, 1)]
    public void Late_is_told_in_days_of_vietnam(int days, long late) => Assert.Equal(
        late, TallyOf(Ordinary with { VaccinatedOn = new DateOnly(2026, 3, 2).AddDays(-days) }).Late);

    [Fact]
    public void A_booster_after_an_earlier_dose_is_none_of_the_many()
    {
        Assert.Equal(1, TallyOf(Ordinary with { IsBooster = true }).Boosters);
        Assert.Equal(0, TallyOf(Ordinary with { IsBooster = true, HasEarlier = true }).Boosters);
        Assert.Equal(1, TallyOf(Ordinary with { IsExempt = true }).Exempt);
    }

    [Fact]
    public void Service_accounts_work_by_night()
    {
        var midnight = Afternoon.AddHours(9);
        Assert.Equal(1, TallyOf(Ordinary with { EnteredAt = midnight }).Night);
        Assert.Equal(0, TallyOf(Ordinary with { EnteredAt = midnight, EnteredBy = "Import" }).Night);
        Assert.Equal(1, TallyOf(Ordinary with { EnteredBy = "import" }, Count with { Act = new("s", midnight) }).Night);
    }

    [Fact]
    public void An_announced_backlog_takes_its_doses_and_no_more()
    {
        var old = Ordinary with { VaccinatedOn = new DateOnly(2021, 9, 1) };
        var backlog = new AnnouncedBacklog(
            7, Days.Facility, old.Product, new DateOnly(2021, 9, 1), new DateOnly(2021, 9, 30), Left: 2);

        var (days, taken) = Of([old, old, old, old with { Product = "other" }], backlog);

        Assert.Equal(2, taken[7]);
        Assert.Equal(new Tally(4, 2, 4, 0, 2, 0, 0, 0), Assert.Single(days).Tally);
        Assert.Empty(Of([old with { VaccinatedOn = new DateOnly(2021, 10, 1) }], backlog).Taken);
        Assert.Empty(Of([old with { Facility = "79002" }], backlog).Taken);
    }

    [Fact]
    public void Each_clerk_is_counted_under_one_name_however_it_is_spelled()
    {
        var days = Of([Ordinary, Ordinary with { EnteredBy = " CLERK" }, Ordinary with { EnteredBy = "other" }]).Days;
        Assert.Equal([2L, 1L], days.Select(day => day.Tally.Doses));
        Assert.All(days, day => Assert.Equal(("SIGNER", new DateOnly(2026, 3, 2)), (day.Signatory, day.Day)));
    }

    static Tally TallyOf(SignedDose dose, CountSigned? count = null, string? province = "79") => Assert.Single(
        (count ?? Count).Of([dose], Facilities(province), []).Days).Tally;

    static (IReadOnlyList<FacilityDay> Days, IReadOnlyDictionary<long, long> Taken) Of(
        SignedDose[] doses, params AnnouncedBacklog[] backlogs) => Count.Of(doses, Facilities("79"), backlogs);

    static Dictionary<string, WatchedFacility> Facilities(string? province) => new[] { Days.Facility, "79002" }
        .ToDictionary(code => code, code => new WatchedFacility(code, "commune-station", province, null, null));
}
