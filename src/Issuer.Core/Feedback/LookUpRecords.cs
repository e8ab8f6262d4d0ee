namespace Issuer.Core.Feedback;

/// <summary>
/// What the hotline desk may ask: whether a record like this waits for a correction. Yes or no, counted against the
/// day's limit and audited either way.
/// </summary>
public sealed class LookUpRecords(IReportStore store, FeedbackPolicy policy, TimeSpan utcOffset)
{
    public Task<Result<LookUpAnswer>> LookUpAsync(DeskLookUp wanted, Act act, CancellationToken cancel) =>
        store.DecideAsync<Result<LookUpAnswer>>(
            async rows =>
            {
                var used = await rows.CountUseAsync($"look-up {act.Actor}", DailyLimit.DayOf(act.At, utcOffset));
                if (DailyLimit.Refuse(used, policy.DeskLookUpsPerDay) is { } tooMany)
                {
                    await rows.AuditAsync(act, "desk-looked-up too often");
                    return tooMany;
                }
                var found = (await rows.WaitingUnderAsync(wanted.Number, wanted.DateOfBirth))
                    .Where(c => RouteReport.IsSameName(c.FullName, wanted.FullName)).Select(c => c.Id).ToList();
                if (found.Count == 0)
                {
                    await rows.AuditAsync(act, "desk-looked-up nothing");
                }
                await rows.AuditAsync(act, "desk-looked-up", found);
                return new LookUpAnswer(found.Count > 0);
            },
            cancel);
}
