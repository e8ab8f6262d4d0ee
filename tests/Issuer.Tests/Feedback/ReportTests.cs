using Issuer.Core;
using Issuer.Core.Feedback;
using Issuer.Core.Identity;
using Issuer.Core.Records;

namespace Issuer.Tests.Feedback;

public sealed class ReportTests
{
    static readonly WorklistScope Facility = new(Given.Facility);
    static readonly WorklistScope Province = new(Provinces: ["79", "74", "77"]);

    public static ReportRow Row => new()
    {
        Kind = "wrong-date", Facility = Given.Facility, FullName = "Nguyễn Văn A", DateOfBirth = "03/02/1985",
        Product = "AstraZeneca", Lot = "ABV1", VaccinatedOn = "2021-08-30", Evidence = "GXN-01",
    };

    static ReportCandidate Candidate => new(
        7, Given.OtherFacility, "Nguyễn Văn A", PartialDate.Parse("1985-02-03"), "ABV1", new DateOnly(2021, 8, 30),
        false);

    [Fact]
    public void A_report_is_read_with_its_product_as_the_code_and_its_dates_as_days()
    {
        var claim = Claim(Row);

        Assert.Equal((ReportKind.WrongDate, "EU/1/21/1529", "1985-02-03", new DateOnly(2021, 8, 30)),
            (claim.Kind, claim.Product, claim.DateOfBirth.ToString(), claim.VaccinatedOn));
    }

    [Fact]
    public void Every_fault_is_told_at_once()
    {
        var (claim, faults) = CheckReport.Check(
            new ReportRow
            {
                Kind = "angry", Facility = "nowhere", FullName = "123", DateOfBirth = "never", Product = "Water",
                VaccinatedOn = "2021-08", Lot = new string('x', 41),
            },
            Given.Context);

        Assert.Null(claim);
        Assert.Equal(
            [
                "kind:NotListed", "facility:UnknownFacility", "full_name:NoLetter", "date_of_birth:BadDate",
                "product:UnknownProduct", "lot:TooLong", "vaccinated_on:IncompleteDate", "evidence:Missing",
            ],
            faults.Select(f => $"{f.Field}:{f.Code}"));
    }

    [Fact]
    public void A_missing_dose_needs_its_day()
    {
        var (_, faults) = CheckReport.Check(Row with { Kind = "dose-missing", VaccinatedOn = null }, Given.Context);

        Assert.Equal([new Fault("vaccinated_on", FaultCode.Missing)], faults);
    }

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

    [Fact]
    public void Its_facility_may_answer_at_any_time_the_province_once_it_is_late()
    {
        var report = Report();
        var (before, late) = (report.DueAt.AddSeconds(-1), report.DueAt);

        Assert.Equal((ReportState.Open, ReportState.Escalated), (report.StateAt(before), report.StateAt(late)));
        Assert.Null(AnswerReports.Refuse(report, 1, Facility, before));
        Assert.Null(AnswerReports.Refuse(report, 1, Facility, late));
        Assert.Equal(RejectionKind.NotFound, AnswerReports.Refuse(report, 1, Province, before)?.Kind);
        Assert.Null(AnswerReports.Refuse(report, 1, Province, late));
        Assert.Null(AnswerReports.Refuse(report, 1, WorklistScope.Everywhere, late));
        Assert.Equal(RejectionKind.NotFound, AnswerReports.Refuse(report, 1, WorklistScope.Everywhere, before)?.Kind);
    }

    [Fact]
    public void Nobody_else_is_told_that_it_is_there()
    {
        var report = Report();

        foreach (var other in new WorklistScope[]
        {
            new(Given.OtherFacility), new(Provinces: ["01"]), new(Commune: "26734"),
        })
        {
            Assert.Equal(RejectionKind.NotFound, AnswerReports.Refuse(report, 1, other, report.DueAt)?.Kind);
        }
        Assert.Equal(
            RejectionKind.NotFound,
            AnswerReports.Refuse(report with { Province = null }, 1, Province, report.DueAt)?.Kind);
    }

    [Fact]
    public void It_is_answered_once_and_on_its_version()
    {
        var answered = Report() with { Answer = new ReportAnswer("blurred", "", null) };

        Assert.Equal(RejectionKind.Conflict, AnswerReports.Refuse(answered, 1, Facility, Given.Now)?.Kind);
        Assert.Equal(
            [new Fault("if-match", FaultCode.WrongVersion)],
            AnswerReports.Refuse(Report(), 2, Facility, Given.Now)?.Faults);
    }

    static ReportClaim Claim(ReportRow row)
    {
        var (claim, faults) = CheckReport.Check(row, Given.Context);
        Assert.Empty(faults);
        return claim!;
    }

    static Report Report() => new(
        1, 1, "VNM:079085000001", "VNM:079085000001", Claim(Row), Given.Facility, "79", null, Given.Now,
        Given.Now.AddDays(3), null, null, null);
}
