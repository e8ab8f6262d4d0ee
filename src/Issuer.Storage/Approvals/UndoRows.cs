using Issuer.Core;
using Issuer.Core.Approvals;
using Issuer.Storage.Identity;
using Issuer.Storage.Revocation;
using static Issuer.Storage.Predicates;

namespace Issuer.Storage.Approvals;

sealed class UndoRows(WriteSession session) : IUndoRows
{
    public async Task<IReadOnlyList<(long Id, long Slot)>> DeclaredTogetherAsync(long slot) =>
        await session.QueryAsync<(long, long)>(
            $"""
            select o.id, o.slot from revocation v
            join certificate c on c.slot = v.slot
            join certificate s on s.lineage_id = c.lineage_id
            join revocation o on o.slot = s.slot and {Stands("o")} and o.decided_at = v.decided_at
                and o.decided_by = v.decided_by and o.reason = v.reason
            where v.slot = @slot and {Stands("v")}
            order by o.id
            """,
            new { slot });

    public Task UndoAsync(IReadOnlyCollection<long> revocations, Act act, string reason) => session.ExecuteManyAsync(
        "update revocation set undone_at = @now, undone_by = @Actor, undone_reason = @reason where id = @id",
        revocations.Select(id => new { id, now = act.At.ToUnixTimeSeconds(), act.Actor, reason }));

    public async Task<LineageBehind> LineageOfAsync(long slot) =>
        (await session.QueryAsync<(long Id, long Subject, long IsOpen, long? Head, long Standing, long Others)>(
            $"""
            select l.id, l.subject_id, l.is_open, l.current_slot,
                (select count(*) from revocation v where v.slot = l.current_slot and {Stands("v")}),
                (select count(*) from lineage o where o.subject_id = l.subject_id and {IsOpen("o")} and o.id <> l.id)
            from certificate c join lineage l on l.id = c.lineage_id
            where c.slot = @slot
            """,
            new { slot }))
        .Select(row => new LineageBehind(
            row.Id, row.Subject, row.IsOpen == 1, row.Head is not null, row.Standing > 0, row.Others > 0)).Single();

    public Task ReopenAsync(long lineage) =>
        session.ExecuteAsync($"update lineage set is_open = {Yes} where id = @lineage", new { lineage });

    public Task LeaveHeadAsync(long lineage) =>
        session.ExecuteAsync("update lineage set current_slot = null where id = @lineage", new { lineage });

    public Task ReplaceKeyWithdrawnAsync(long lineage, DateTimeOffset now) =>
        LineageRows.EnqueueKeyWithdrawnAsync(session, [lineage], now);

    public Task DecideAgainAsync(long subject) => SubjectRows.TouchAsync(session, [subject]);
}
