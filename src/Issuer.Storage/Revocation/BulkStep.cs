using Issuer.Core;
using Issuer.Core.Certificates;
using Issuer.Core.Revocation;
using static Issuer.Storage.Predicates;

namespace Issuer.Storage.Revocation;

/// <summary>One step of an approved act: only rows that are as they were shown.</summary>
static class BulkStep
{
    const long Changed = 2;

    public static async Task RunAsync(WriteSession session, ActColumns bulk, int size, DateTimeOffset now)
    {
        var act = new Act(bulk.ApprovedBy!, now);
        var items = await session.QueryAsync<long>(
            "select item_id from bulk_item where bulk_id = @Id and item_id > @DoneTo order by item_id limit @size",
            new { bulk.Id, bulk.DoneTo, size });
        if (items.Count == 0)
        {
            await session.ExecuteAsync(
                "update bulk_act set finished_at = @at where id = @Id", new { bulk.Id, at = now.ToUnixTimeSeconds() });
            await AuditRows.AddAsync(session, act, "bulk-revocation-finished", [bulk.Id]);
            return;
        }
        var values = new { bulk.Id, items = items.ToArray(), now = now.ToUnixTimeSeconds() };
        var unchanged = await session.QueryAsync<long>(
            bulk.OfRecords == 1
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
            bulk.OfRecords == 1 ? values : new { bulk.Id, values.items, values.now, approval = bulk.ApprovalId });
        var revoked = bulk.OfRecords == 1
            ? await RecordRows.WithdrawAsync(session, unchanged, (RevocationReason)bulk.Reason, act, bulk.ApprovalId)
            : await RevokeAsync(session, unchanged, bulk, act);
        var changed = items.Except(unchanged).ToArray();
        await session.ExecuteAsync(
            $"update bulk_item set outcome = {Changed} where bulk_id = @Id and item_id {session.OneOf("changed")}",
            new { bulk.Id, changed });
        await AuditRows.AddAsync(session, act, $"bulk-revocation-left-alone {bulk.Id}", changed);
        await session.ExecuteAsync(
            """
            update bulk_act set done_to = @to, done = done + @done, left_alone = left_alone + @changed,
                certificates = certificates + @revoked
            where id = @Id
            """,
            new
            {
                bulk.Id, to = items[^1], done = (long)unchanged.Count, changed = (long)changed.Length,
                revoked = (long)revoked.Count,
            });
    }

    static async Task<IReadOnlyList<long>> RevokeAsync(
        WriteSession session, List<long> slots, ActColumns bulk, Act act)
    {
        if (slots.Count == 0)
        {
            return [];
        }
        var reason = (RevocationReason)bulk.Reason;
        var declared = Declaration.Now(reason, act) with { ApprovalId = bulk.ApprovalId };
        if (!RevocationRule.ReachesLineage(reason))
        {
            var leaked = await RevocationRows.DeclareAsync(session, slots, declared);
            await LineageRows.EnqueueAsync(session, leaked, SuccessionCause.Leaked, act.At);
            return leaked;
        }
        var lineages = await session.QueryAsync<long>(
            $"select distinct lineage_id from certificate where slot {session.OneOf("slots")}",
            new { slots = slots.ToArray() });
        // What has come in the lineage since it was shown falls with it.
        var reached = await RevocationRows.OfLineagesAsync(session, lineages, act.At);
        var revoked = await RevocationRows.DeclareAsync(session, reached, declared);
        await LineageRows.EndAsync(session, lineages);
        return revoked;
    }
}
