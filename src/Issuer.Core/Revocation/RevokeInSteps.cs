namespace Issuer.Core.Revocation;

/// <summary>
/// An approved bulk act, a few rows at a time, each step in one transaction. Killed anywhere, the next step begins
/// where the last one ended. Only rows that are as they were shown are touched.
/// </summary>
public sealed class RevokeInSteps(IBulkStore store)
{
    /// <param name="size">Rows; null: as the engine likes.</param>
    /// <returns>How far the act is; null: none waits.</returns>
    public async Task<BulkProgress?> StepAsync(DateTimeOffset now, CancellationToken cancel, int? size = null)
    {
        var (isFirst, progress) = await store.DecideAsync<(bool, BulkProgress?)>(
            async rows => await rows.NextAsync() is { } bulk
                ? (bulk.IsNew, await StepAsync(rows, bulk, size ?? store.StepSize, now))
                : (false, null),
            cancel);
        if (isFirst)
        {
            // Every fetch joins what it wrote, and a plan made for an empty table reads all of it each time.
            await store.PlanAnewAsync(cancel);
        }
        return progress;
    }

    static async Task<BulkProgress> StepAsync(
        IBulkTransaction rows, ApprovedBulk bulk, int size, DateTimeOffset now)
    {
        var act = new Act(bulk.ApprovedBy, now);
        var items = await rows.ItemsAsync(bulk, size);
        if (items.Count == 0)
        {
            await rows.AuditAsync(act, "bulk-revocation-finished", bulk.Id);
            return await rows.FinishAsync(bulk, now);
        }
        var unchanged = await rows.UnchangedAsync(bulk, items, now);
        var revoked = bulk.IsOfRecords
            ? await WithdrawRecords.ApplyAsync(rows, unchanged, bulk.Why, act, bulk.ApprovalId)
            // What has come in a lineage since it was shown falls with it.
            : (await RevokeCertificates.ApplyAsync(
                rows, unchanged, await rows.LineagesOfAsync(unchanged),
                Declaration.Now(bulk.Why, act) with
                {
                    ApprovalId = bulk.ApprovalId,
                    SuspendedUntil = bulk.SuspendedUntil,
                })).Changed;
        var leftAlone = items.Except(unchanged).ToList();
        await rows.AuditAsync(act, $"bulk-revocation-left-alone {bulk.Id}", leftAlone);
        var progress = await rows.AdvanceAsync(bulk, items[^1], unchanged.Count, leftAlone, revoked.Count);
        return progress with { Reached = revoked.Count };
    }
}
