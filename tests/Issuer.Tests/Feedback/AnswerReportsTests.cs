using Issuer.Core;
using Issuer.Core.Feedback;
using Issuer.Core.Identity;
using Issuer.Core.Records;

namespace Issuer.Tests.Feedback;

public sealed class AnswerReportsTests
{
    static readonly WorklistScope Facility = new(Given.Facility);
    static readonly WorklistScope Province = new(Provinces: ["79", "74", "77"]);

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

    static Report Report() => new(
        1, 1, "VNM:079085000001", "VNM:079085000001", CheckReportTests.Claim(CheckReportTests.Row), Given.Facility, "79", null, Given.Now,
        Given.Now.AddDays(3), null, null, null);
}
