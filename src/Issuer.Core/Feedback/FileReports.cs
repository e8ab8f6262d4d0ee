namespace Issuer.Core.Feedback;

/// <summary>How a report comes in: it finds who answers, gets its deadline and is stored.</summary>
public sealed class FileReports(IReportStore store, FeedbackPolicy policy, TimeSpan utcOffset)
{
    public FeedbackPolicy Policy => policy;

    public async Task<Result<FiledReport>> FileAsync(ReportClaim claim, Filer filer, Act act, CancellationToken cancel)
    {
        var route = RouteReport.For(claim, await store.CandidatesAsync(filer, cancel));
        return await store.FileAsync(
            new NewReport(claim, filer, route, policy.DeadlineOf(act.At, utcOffset)), act, cancel);
    }
}
