using Issuer.Core.Feedback;
using Issuer.Core.Records;

namespace Issuer.Tests.Feedback;

public sealed class RouteReportTests
{
    static readonly ReportRow Row = CheckReportTests.Row;

    static readonly ReportCandidate Candidate = new(
        7, Given.OtherFacility, "Nguyễn Văn A", PartialDate.Parse("1985-02-03"), "ABV1", new DateOnly(2021, 8, 30),
        false);

    [Fact]
    public void It_goes_to_the_facility_that_entered_the_record() =>
        Assert.Equal(new ReportRoute(Given.OtherFacility, 7), RouteReport.For(Claim(Row), [Candidate]));

    [Fact]
    public void Without_a_record_it_goes_to_the_facility_that_is_named() =>
        Assert.Equal(new ReportRoute(Given.Facility, null), RouteReport.For(Claim(Row), []));

    [Fact]
    public void A_dose_that_was_never_entered_is_the_named_facilitys() => Assert.Equal(
        new ReportRoute(Given.Facility, null),
        RouteReport.For(Claim(Row with { Kind = "dose-missing" }), [Candidate with { IsOwn = true }]));

    [Fact]
    public void Of_two_records_that_agree_alike_none_is_meant() => Assert.Equal(
        new ReportRoute(Given.Facility, null), RouteReport.For(Claim(Row), [Candidate, Candidate with { Id = 8 }]));

    [Fact]
    public void Of_several_the_day_then_the_facility_then_the_lot_decide()
    {
        var otherDay = Candidate with
        {
            Id = 1,
            IsOwn = true,
            VaccinatedOn = new DateOnly(2021, 10, 1),
            Facility = Given.Facility,
        };
        var otherLot = Candidate with { Id = 2, Lot = "ABV2" };

        Assert.Equal(7, RouteReport.For(Claim(Row), [otherDay, otherLot, Candidate]).RecordId);
    }

    [Fact]
    public void Somebody_elses_record_under_the_same_number_is_not_taken_for_the_persons() => Assert.Null(
        RouteReport.For(
            Claim(Row),
            [Candidate with { FullName = "Trần Thị B", DateOfBirth = PartialDate.Parse("1990-01-01") }]).RecordId);

    [Theory]
    [InlineData(true, 0, true, false)]
    [InlineData(true, 5, false, false)]
    [InlineData(false, 29, false, false)]
    [InlineData(false, 0, true, true)]
    [InlineData(false, 5, false, true)]
    public void Whoever_gets_it_entered_the_record_or_was_named(bool own, int day, bool sameName, bool here)
    {
        var candidate = Candidate with
        {
            IsOwn = own,
            VaccinatedOn = new DateOnly(2021, 8, 1).AddDays(day),
            FullName = sameName ? "Nguyen Van A" : "Lê Văn C",
            Facility = here ? Given.Facility : Given.OtherFacility,
        };

        var route = RouteReport.For(Claim(Row), [candidate]);

        Assert.Equal(route.RecordId is null ? Given.Facility : candidate.Facility, route.Facility);
    }

    [Theory]
    [InlineData(true, true, true, true)]
    [InlineData(true, true, false, true)]
    [InlineData(true, false, true, true)]
    [InlineData(false, true, true, true)]
    [InlineData(true, false, false, false)]
    [InlineData(false, true, false, false)]
    [InlineData(false, false, true, false)]
    [InlineData(false, false, false, false)]
    public void Two_of_name_birth_date_and_day_must_agree(bool name, bool born, bool day, bool isMeant)
    {
        var record = Candidate with
        {
            FullName = name ? "nguyen van a" : "Lê Văn C",
            DateOfBirth = PartialDate.Parse(born ? "1985-02-03" : "1985-02-04"),
            VaccinatedOn = new DateOnly(2021, 8, day ? 30 : 29),
        };

        Assert.Equal(isMeant, RouteReport.IsMeant(Claim(Row), record));
        Assert.True(RouteReport.IsMeant(Claim(Row), record with { IsOwn = true }));
    }

    [Fact]
    public void Of_two_on_the_same_day_the_named_facilitys_is_meant() => Assert.Equal(
        new ReportRoute(Given.Facility, 8),
        RouteReport.For(Claim(Row), [Candidate, Candidate with { Id = 8, Facility = Given.Facility }]));

    [Fact]
    public void Of_two_at_one_facility_the_lot_decides_and_no_lot_decides_nothing()
    {
        var other = Candidate with { Id = 8, Lot = "" };

        Assert.Equal(7, RouteReport.For(Claim(Row), [Candidate, other]).RecordId);
        Assert.Null(RouteReport.For(Claim(Row with { Lot = null }), [Candidate, other]).RecordId);
    }

    static ReportClaim Claim(ReportRow row) => CheckReportTests.Claim(row);
}
