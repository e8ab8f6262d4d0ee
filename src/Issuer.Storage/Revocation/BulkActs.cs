using Issuer.Core.Approvals;
using Issuer.Core.Revocation;
using static Issuer.Storage.Predicates;

namespace Issuer.Storage.Revocation;

/// <summary>Approved bulk acts and the rows of their sets, a step at a time.</summary>
static class BulkActs
{
    const long Changed = 2;

    public static async Task<ApprovedBulk?> NextAsync(WriteSession session)
    {
        if (await session.QueryAsync<ActColumns>(
            $"select {ActColumns.All} from bulk_act where {IsUnfinished("bulk_act")} order by id limit 1")
            is not [var act])
        {
            return null;
        }
        var command = (await session.QueryAsync<string>(
            "select criteria from bulk_act where id = @Id", new { act.Id }))[0];
        return act.ToApproved(RevokeInBulk.Parse(command));
    }

    public static async Task<IReadOnlyList<long>> ItemsAsync(WriteSession session, ApprovedBulk bulk, int limit) =>
        await session.QueryAsync<long>(
            "select item_id from bulk_item where bulk_id = @Id and item_id > @DoneTo order by item_id limit @limit",
            new { bulk.Id, bulk.DoneTo, limit });

    public static async Task<IReadOnlyList<long>> UnchangedAsync(
        WriteSession session, ApprovedBulk bulk, IReadOnlyCollection<long> items, DateTimeOffset now)
    {
        var values = new
        {
            bulk.Id, items = items.ToArray(), now = now.ToUnixTimeSeconds(), approval = bulk.ApprovalId,
        };
        return await session.QueryAsync<long>(
            bulk.IsOfRecords
                ? $"""
                select r.id from record r join bulk_item i on i.bulk_id = @Id and i.item_id = r.id
                where r.id {session.OneOf("items")} and r.version = i.version and {IsGiven("r")}
                """
                : $"""
                select c.slot from certificate c
                where c.slot {session.OneOf("items")} and {IsAlive("c")}
                  and not exists (select 1 from revocation v where v.slot = c.slot and {IsForGood("v")}
                    and v.approval_id is distinct from @approval)
                """,
            values);
    }

    public static async Task<BulkProgress> AdvanceAsync(
        WriteSession session, ApprovedBulk bulk, long doneTo, long done, IReadOnlyCollection<long> leftAlone,
        long revoked)
    {
        await session.ExecuteAsync(
            $"update bulk_item set outcome = {Changed} where bulk_id = @Id and item_id {session.OneOf("leftAlone")}",
            new { bulk.Id, leftAlone = leftAlone.ToArray() });
        await session.ExecuteAsync(
            """
            update bulk_act set done_to = @doneTo, done = done + @done, left_alone = left_alone + @changed,
                certificates = certificates + @revoked
            where id = @Id
            """,
            new { bulk.Id, doneTo, done, changed = (long)leftAlone.Count, revoked });
        return await ProgressAsync(session, bulk.Id);
    }

    public static async Task<BulkProgress> FinishAsync(WriteSession session, ApprovedBulk bulk, DateTimeOffset at)
    {
        await session.ExecuteAsync(
            "update bulk_act set finished_at = @at where id = @Id", new { bulk.Id, at = at.ToUnixTimeSeconds() });
        return await ProgressAsync(session, bulk.Id);
    }

    static async Task<BulkProgress> ProgressAsync(WriteSession session, long id) =>
        (await session.QueryAsync<ActColumns>($"select {ActColumns.All} from bulk_act where id = @id", new { id }))[0]
        .ToProgress();
}
