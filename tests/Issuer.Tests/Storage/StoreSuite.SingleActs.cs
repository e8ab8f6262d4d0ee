using Issuer.Core;
using Issuer.Core.Certificates;
using Issuer.Core.Feedback;
using Issuer.Core.Records;
using Issuer.Core.Revocation;

namespace Issuer.Tests.Storage;

/// <summary>What one person does alone has a budget a day, in a store where many do it at once.</summary>
public abstract partial class StoreSuite
{
    [RequiresFact]
    public async Task A_hundred_withdrawals_at_once_under_two_spellings_share_one_budget()
    {
        var records = await EnteredAsync(40);

        var answers = await Task.WhenAll(records.Select((id, n) => WithdrawAsync(
            id, n % 2 == 0 ? "Clerk" : " clerk", Given.Now)));

        Assert.Equal(20, answers.Count(answer => answer.Value is not null));
        Assert.Equal(20, await ScalarAsync("select count(*) from record where withdrawn = 1"));
        Assert.All(
            answers,
            answer => Assert.True(answer.Value is not null || answer.Rejection?.Kind == RejectionKind.TooOften));
        Assert.Equal(20, await ScalarAsync("select count(*) from audit where act = 'record-withdrawn refused too-often'"));
        // The day is Vietnam's: 17:00 UTC is midnight there.
        var left = await ScalarAsync("select min(id) from record where withdrawn = 0");
        Assert.NotNull((await WithdrawAsync(left, "clerk", Given.Now.AddHours(8.9))).Rejection);
        Assert.NotNull((await WithdrawAsync(left, "clerk", Given.Now.AddHours(9))).Value);
    }

    [RequiresFact]
    public async Task A_facility_has_a_budget_that_its_clerks_share()
    {
        var records = await EnteredAsync(102);
        var answers = new List<Result<RevocationOutcome>>();
        foreach (var (n, id) in records.Index())
        {
            answers.Add(await WithdrawAsync(id, $"clerk {n / 10}", Given.Now));
        }

        Assert.All(answers[..100], answer => Assert.NotNull(answer.Value));
        Assert.All(answers[100..], answer => Assert.Equal(RejectionKind.TooOften, answer.Rejection?.Kind));
        // What is withdrawn already is answered and costs nothing.
        Assert.NotNull((await WithdrawAsync(records[0], "clerk 11", Given.Now)).Value);
    }

    [RequiresFact]
    public async Task Corrections_of_what_is_certified_are_counted_row_by_row_and_no_others()
    {
        const int people = 22;
        await store.Registry.LoadAsync([.. Enumerable.Range(1, people).Select(Given.Person)], default);
        await clinic.CertifyAsync(
            store, [.. Enumerable.Range(1, people).SelectMany(n => new[] { Given.Row(n, 1), Given.Row(n, 2) })]);
        await EnteredAsync(1, first: people + 1);
        RecordRow Corrected(int n, string version) => Given.Row(n, 1) with { Lot = $"ABV{version}9", Corrects = version };

        var rows = await CorrectOwnAsync(
            [.. Enumerable.Range(1, 21).Select(n => Corrected(n, "1")), Corrected(1, "2"), Corrected(people + 1, "1")]);

        Assert.All(rows.Take(20), row => Assert.Equal(SubmitOutcome.Corrected, row.Outcome));
        Assert.Equal(new Fault("reference", FaultCode.TooOften), Assert.Single(rows[20].HardFaults));
        // A second version of what waits already, and a record that nothing relies on.
        Assert.All(rows.Skip(21), row => Assert.Equal(SubmitOutcome.Corrected, row.Outcome));
        Assert.Equal(1, await ScalarAsync("select version from record where reference = '21-1'"));
        Assert.Equal(
            1, await ScalarAsync("select count(*) from audit where act = 'record-corrected refused too-often'"));
        // Withdrawals are of the same budget; the ministry's own files are nobody's single act.
        Assert.Equal(
            RejectionKind.TooOften,
            (await WithdrawAsync(await ScalarAsync("select id from record where reference = '22-1'"), "test", Given.Now))
                .Rejection?.Kind);
        Assert.Equal(SubmitOutcome.Corrected, (await Clinic.SubmitAsync(store, Corrected(21, "1")))[0].Outcome);
    }

    [RequiresFact]
    public async Task A_correction_that_answers_a_holders_report_costs_nothing_and_no_other_record_goes_with_it()
    {
        const int people = 22;
        await store.Registry.LoadAsync([.. Enumerable.Range(1, people).Select(Given.Person)], default);
        await clinic.CertifyAsync(
            store, [.. Enumerable.Range(1, people).SelectMany(n => new[] { Given.Row(n, 1), Given.Row(n, 2) })]);
        RecordRow Corrected(int n) => Given.Row(n, 1) with { Lot = "ABV9", Corrects = "1" };
        await CorrectOwnAsync([.. Enumerable.Range(1, 20).Select(Corrected)]);
        var claim = Row(21) with { Kind = "wrong-lot" };
        var report = (await FileAsync(Citizen(21), claim)).Report;
        Assert.Equal(await ScalarAsync("select id from record where reference = '21-1'"), report.RecordId);

        Task<Result<Report>> AcceptAsync(int n) => Answers.AcceptAsync(
            report.Id, report.Version, new ReportAnswer(null, "", null), Corrected(n), Here, Given.Context, Given.Act,
            default);
        Assert.Equal(RejectionKind.TooOften, (await AcceptAsync(22)).Rejection?.Kind);
        Assert.Null((await AcceptAsync(21)).Rejection);

        Assert.Equal(2, await ScalarAsync("select version from record where reference = '21-1'"));
        // Answered, it asks for nothing any more.
        Assert.Equal(
            RejectionKind.Conflict, (await AcceptAsync(21)).Rejection?.Kind);
        Assert.Equal(20, await ScalarAsync("select used from daily_use where name = 'single-act-at 79001'"));
    }

    [RequiresFact]
    public async Task Two_people_suspend_until_an_end_and_another_act_on_the_same_rows_is_another_request()
    {
        await clinic.CertifyAsync(store, Given.Row(1, 1), Given.Row(1, 2));
        var slot = Assert.Single(await CertificatesAsync()).Slot;
        var end = Given.Now.AddDays(5);
        var revocation = BulkOf(new BulkCriteria(Certificates: [slot.Value]), RevocationReason.Fraud);
        var suspension = revocation with { SuspendUntil = end.ToUnixTimeSeconds() };
        var asked = await RequestAsync(suspension);
        await RequestAsync(revocation);
        Assert.Contains($"suspended until {end:O}", asked.Set.Lines);

        Assert.Null((await ApproveAsync(asked, Second)).Rejection);
        await StepsAsync();

        var certificate = Assert.Single(await CertificatesAsync());
        Assert.Equal(CertificateState.Suspended, certificate.StateAt(end.AddSeconds(-1)));
        Assert.Equal(CertificateState.Current, certificate.StateAt(end));
        var ended = await store.Acts.RequestAsync(
            suspension with { SuspendUntil = Given.Now.ToUnixTimeSeconds() }, Asker, Given.Now, default);
        Assert.Equal(RejectionKind.Conflict, ended.Rejection?.Kind);
    }

    /// <summary>Records of so many people that wait to be matched.</summary>
    async Task<IReadOnlyList<long>> EnteredAsync(int people, int first = 1) =>
        [.. (await Clinic.SubmitAsync(store, [.. Enumerable.Range(first, people).Select(n => Given.Row(n, 1))]))
            .Select(row => row.RecordId!.Value)];

    Task<IReadOnlyList<SubmittedRow>> CorrectOwnAsync(IReadOnlyList<RecordRow> rows) =>
        new SubmitRecords(store.Records, Given.SingleActs, Given.Claims).SubmitAsync(
            rows, Given.Facility, Given.Context, Given.Act, default);

    Task<Result<RevocationOutcome>> WithdrawAsync(long record, string clerk, DateTimeOffset at) =>
        store.Revoke.WithdrawRecordAsync(
            Given.Facility, record, 1, RevocationReason.WrongData, new Act(clerk, at), default);
}
