using Issuer.Core;
using Issuer.Core.Feedback;
using Issuer.Core.Identity;
using Issuer.Core.Pki;
using Issuer.Core.Records;
using Issuer.Tests.Feedback;

namespace Issuer.Tests.Storage;

public abstract partial class StoreSuite
{
    static readonly WorklistScope Here = new(Given.Facility);

    AnswerReports Answers => new(store.Reports, new SubmitRecords(store.Records, Given.SingleActs, Given.Claims));

    [RequiresFact]
    public async Task A_report_reaches_the_facility_that_entered_the_record_whoever_is_named()
    {
        var id = (await SubmitAsync(Given.Row(1))).RecordId;
        await Clinic.MatchAsync(store);

        var own = (await FileAsync(Citizen(1), Row(1) with { Facility = Given.OtherFacility })).Report;
        var stranger = (await FileAsync(Citizen(2), Row(2) with { Facility = Given.OtherFacility })).Report;

        Assert.Equal((Given.Facility, id), (own.Facility, own.RecordId));
        Assert.Equal((Given.OtherFacility, null), (stranger.Facility, stranger.RecordId));
        Assert.Equal(
            1, await ScalarAsync($"select count(*) from audit where act = 'report-filed' and object_id = {own.Id}"));
    }

    [RequiresFact]
    public async Task The_desk_reaches_a_record_under_a_wrong_number()
    {
        var wrong = Given.Row(1) with { IdentityNumber = "079085999999" };
        var id = (await SubmitAsync(wrong)).RecordId;
        await Clinic.MatchAsync(store);
        var desk = new Filer("desk:lan", DocumentKey.OfNumber(Given.Number(1)), "079085999999", 10);

        var report = (await FileAsync(desk, Row(1) with { Kind = "wrong-number" })).Report;
        var other = (await FileAsync(desk, Row(2) with { Kind = "wrong-number", DateOfBirth = "1999" })).Report;

        Assert.Equal(id, report.RecordId);
        Assert.Null(other.RecordId);
    }

    [RequiresFact]
    public async Task Said_twice_it_is_one_report_and_a_day_has_its_limit()
    {
        var few = Citizen(1) with { DailyCap = 2 };
        var first = await FileAsync(few, Row(1));
        var again = await FileAsync(few, Row(1));
        await FileAsync(few, Row(1) with { Lot = "ABV2" });

        Assert.Equal((true, false), (first.IsNew, again.IsNew));
        Assert.Equal(first.Report.Id, again.Report.Id);
        Assert.Equal(
            RejectionKind.TooOften, (await TryFileAsync(few, Row(1) with { Lot = "ABV3" }, Given.Act)).Rejection?.Kind);
        Assert.False((await TryFileAsync(
            few, Row(1) with { Lot = "ABV3" }, Given.Act with { At = Given.Now.AddDays(1) })).IsRefused(out _, out _));
    }

    [RequiresFact]
    public async Task A_day_of_limits_ends_at_midnight_in_Vietnam()
    {
        var one = Citizen(1) with { DailyCap = 1 };
        var midnight = new DateTimeOffset(2026, 3, 1, 17, 0, 0, TimeSpan.Zero);
        var lots = 0;
        async Task<RejectionKind?> FileAtAsync(DateTimeOffset at) => (await TryFileAsync(
            one, Row(1) with { Lot = $"L{lots++}" }, Given.Act with { At = at })).Rejection?.Kind;

        Assert.Null(await FileAtAsync(midnight.AddHours(-17)));
        Assert.Equal(RejectionKind.TooOften, await FileAtAsync(midnight.AddSeconds(-1)));
        Assert.Null(await FileAtAsync(midnight));
        // Midnight in Greenwich begins no other day.
        Assert.Equal(RejectionKind.TooOften, await FileAtAsync(midnight.AddHours(7)));
    }

    [RequiresFact]
    public async Task The_desk_may_say_the_same_of_two_people()
    {
        var desk = new Filer("desk:lan", DocumentKey.OfNumber(Given.Number(1)), "", 10);

        Assert.True((await FileAsync(desk, Row(1))).IsNew);
        Assert.True((await FileAsync(desk with { Document = DocumentKey.OfNumber(Given.Number(2)) }, Row(1))).IsNew);
    }

    [RequiresFact]
    public async Task In_parallel_nobody_files_more_than_the_limit()
    {
        var few = Citizen(1) with { DailyCap = 3 };

        var results = await Task.WhenAll(Enumerable.Range(0, 12)
            .Select(n => TryFileAsync(few, Row(1) with { Lot = $"L{n}" }, Given.Act)));

        Assert.Equal(3, results.Count(result => result.Value is not null));
        Assert.Equal(3, await ScalarAsync("select count(*) from report"));
    }

    [RequiresFact]
    public async Task Accepted_with_a_correction_it_leads_to_a_certificate_that_the_citizen_sees()
    {
        var wrong = Given.Row(1, 2) with { IdentityNumber = Given.Number(2) };
        await SubmitAsync(Given.Row(1));
        var id = (await SubmitAsync(wrong)).RecordId!.Value;
        await Clinic.MatchAsync(store);
        var report = (await FileAsync(Citizen(1), Row(1, 2) with { Kind = "wrong-number" })).Report;

        var accepted = await Answers.AcceptAsync(
            report.Id, 1, new ReportAnswer(null, "", null), Given.Row(1, 2) with { Corrects = "1" }, Here,
            Given.Context,
            Clerk, default);
        Assert.Equal((2, id), (accepted.Value!.Version, accepted.Value.Answer!.RecordId));
        Assert.Equal(1, await ScalarAsync($"select count(*) from correction where evidence = 'report:{report.Id}'"));
        Assert.Null((await store.Reports.FindAsync(report.Id, default))!.CertifiedAt);

        await Clinic.MatchAsync(store);
        await clinic.AttestAsync(store);
        clinic.Now = Clerk.At.AddHours(2);
        await clinic.IssueAsync(store);

        Assert.Equal(clinic.Now, (await store.Reports.FindAsync(report.Id, default))!.CertifiedAt);
    }

    [RequiresFact]
    public async Task A_missing_dose_comes_with_its_acceptance_and_sending_it_again_enters_nothing_twice()
    {
        var report = (await FileAsync(Citizen(1), Row(1) with { Kind = "dose-missing" })).Report;
        await SubmitAsync(Given.Row(1));

        var accepted = await Answers.AcceptAsync(
            report.Id, 1, new ReportAnswer(null, "", null), Given.Row(1), Here, Given.Context, Clerk, default);
        var again = await Answers.AcceptAsync(
            report.Id, 1, new ReportAnswer(null, "", null), Given.Row(1), Here, Given.Context, Clerk, default);

        Assert.Equal(ReportState.Accepted, accepted.Value!.StateAt(Clerk.At));
        Assert.Equal(RejectionKind.Conflict, again.Rejection?.Kind);
        Assert.Equal(1, await ScalarAsync("select count(*) from record"));
    }

    [RequiresFact]
    public async Task A_record_that_is_refused_or_anothers_leaves_the_report_open()
    {
        var report = (await FileAsync(Citizen(1), Row(1))).Report;
        var foreign = (await SubmitAsync(Given.Row(3, 1, Given.OtherFacility))).RecordId;

        var faulty = await Answers.AcceptAsync(
            report.Id, 1, new ReportAnswer(null, "", null), Given.Row(1) with { Sex = "?" }, Here, Given.Context, Clerk,
            default);
        var others = await Answers.AcceptAsync(
            report.Id, 1, new ReportAnswer(null, "", foreign), null, Here, Given.Context, Clerk, default);

        Assert.Equal([new Fault("sex", FaultCode.BadSex)], faulty.Rejection!.Faults);
        Assert.Equal([new Fault("record_id", RequestFaultCode.OutOfRange)], others.Rejection!.Faults);
        Assert.Null((await store.Reports.FindAsync(report.Id, default))!.Answer);
    }

    [RequiresFact]
    public async Task Of_two_who_answer_at_once_one_is_too_late()
    {
        var report = (await FileAsync(Citizen(1), Row(1))).Report;

        var results = await Task.WhenAll(Enumerable.Range(0, 6).Select(n => Answers.RefuseAsync(
            report.Id, 1, new ReportAnswer(n % 2 == 0 ? "blurred" : null, "", null), Here, Clerk, default)));

        Assert.Single(results, result => result.Value is not null);
        Assert.All(results.Where(r => r.Value is null), r => Assert.Equal(RejectionKind.Conflict, r.Rejection?.Kind));
        Assert.Equal(
            1, await ScalarAsync("select count(*) from audit where act in ('report-accepted', 'report-refused')"));
    }

    [RequiresFact]
    public async Task Late_ones_are_the_provinces_by_the_clock_alone()
    {
        var report = (await FileAsync(Citizen(1), Row(1))).Report;
        var province = new WorklistScope(Provinces: Provinces.CodesOf("79"));
        Task<IReadOnlyList<Report>> PageAsync(WorklistScope own, DateTimeOffset? lateAt) =>
            store.Reports.PageAsync(new ReportQuery(null, own, lateAt), 0, 10, default);

        Assert.Empty(await PageAsync(province, report.DueAt.AddSeconds(-1)));
        Assert.Single(await PageAsync(province, report.DueAt));
        Assert.Empty(await PageAsync(new WorklistScope(Provinces: Provinces.CodesOf("01")), report.DueAt));
        Assert.Single(await PageAsync(Here, null));
        Assert.Empty(await PageAsync(new WorklistScope(Given.OtherFacility), null));
        var late = Clerk with { At = report.DueAt };
        Assert.Equal("blurred", (await Answers.RefuseAsync(
            report.Id, 1, new ReportAnswer("blurred", "", null), province, late, default)).Value!.Answer!.Reason);
        Assert.Empty(await PageAsync(province, report.DueAt));
    }

    [RequiresFact]
    public async Task A_look_up_needs_all_three_to_agree_and_leaves_a_trail()
    {
        await SubmitAsync(Given.Row(1) with { IdentityNumber = "079085999999" });
        await SubmitAsync(Given.Row(2));
        await Clinic.MatchAsync(store);
        var born = PartialDate.Parse("1985-02-03");
        async Task<bool> FoundAsync(string number, PartialDate date, string name) =>
            (await Desk(100).LookUpAsync(new DeskLookUp(number, date, name), Clerk, default)).Value!.Found;

        Assert.True(await FoundAsync("079085999999", born, "nguyen van ab"));
        Assert.False(await FoundAsync("079085999998", born, "Nguyễn Văn Ab"));
        Assert.False(await FoundAsync("079085999999", PartialDate.Parse("1985-02-04"), "Nguyễn Văn Ab"));
        Assert.False(await FoundAsync("079085999999", born, "Nguyễn Văn B"));
        // A record that matches is told of as well: its person may have no certificate all the same.
        Assert.True(await FoundAsync(Given.Number(2), born, "Nguyễn Văn Ac"));
        Assert.Equal(
            5, await ScalarAsync("select count(*) from audit where act like 'desk-looked-up%' and actor = 'clerk'"));
        Assert.Equal(RejectionKind.TooOften, (await Desk(5).LookUpAsync(
            new DeskLookUp("079085999999", born, "Nguyễn Văn Ab"), Clerk, default)).Rejection?.Kind);
        Assert.Equal(6, await ScalarAsync("select count(*) from audit where act like 'desk-looked-up%'"));
    }

    LookUpRecords Desk(long perDay) => new(
        store.Reports, store.PersonsOnRecord, Given.Feedback with { DeskLookUpsPerDay = perDay }, ValidityPolicy.Default.UtcOffset);

    internal static Filer Citizen(int person) => new(
        DocumentKey.OfNumber(Given.Number(person)), DocumentKey.OfNumber(Given.Number(person)), Given.Number(person),
        10);

    internal static ReportRow Row(int person, int dose = 1) => CheckReportTests.Row with
    {
        Kind = "wrong-lot",
        FullName = $"Nguyễn Văn {Given.Word(person)}",
        VaccinatedOn = Given.Row(person, dose).VaccinatedOn,
    };

    async Task<FiledReport> FileAsync(Filer filer, ReportRow row) => (await TryFileAsync(filer, row, Given.Act)).Value!;

    Task<Result<FiledReport>> TryFileAsync(Filer filer, ReportRow row, Act act)
    {
        var (claim, faults) = CheckReport.Check(row, Given.Context);
        Assert.Empty(faults);
        return new FileReports(store.Reports, Given.Feedback, ValidityPolicy.Default.UtcOffset)
            .FileAsync(claim!, filer, act, default);
    }
}
