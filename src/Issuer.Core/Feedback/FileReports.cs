namespace Issuer.Core.Feedback;

/// <summary>How a report comes in: it finds who answers, gets its deadline and is stored.</summary>
public sealed class FileReports(IReportStore store, FeedbackPolicy policy, TimeSpan utcOffset)
{
    public FeedbackPolicy Policy => policy;

    /// <summary>
    /// Stores it, unless the filer has an open report that says the same, or filed too many today.
    /// </summary>
    public async Task<Result<FiledReport>> FileAsync(ReportClaim claim, Filer filer, Act act, CancellationToken cancel)
    {
        var route = RouteReport.For(claim, await store.CandidatesAsync(filer, cancel));
        var report = new NewReport(claim, filer, route, policy.DeadlineOf(act.At, utcOffset));
        var id = await store.NewIdAsync(cancel);
        return await store.DecideAsync<Result<FiledReport>>(
            async rows =>
            {
                if (await rows.SaidAsync(filer.Key, claim.DigestOf(filer.Document)) is { } before)
                {
                    return new FiledReport(before, IsNew: false);
                }
                var used = await rows.CountUseAsync($"report {filer.Key}", DailyLimit.DayOf(act.At, utcOffset));
                if (DailyLimit.Refuse(used, filer.DailyCap) is { } tooMany)
                {
                    return tooMany;
                }
                await rows.AuditAsync(act, "report-filed", id);
                return new FiledReport(await rows.AddAsync(id, report, act.At), IsNew: true);
            },
            cancel);
    }
}
