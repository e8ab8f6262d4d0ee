using Issuer.Core;
using Issuer.Core.Approvals;
using Issuer.Core.Revocation;
using Issuer.Storage.Identity;
using Issuer.Storage.Revocation;

namespace Issuer.Storage.Approvals;

/// <summary>
/// The set: the certificate's revocation, and those of its lineage that were declared in the same act.
/// </summary>
sealed class UndoRevocationAct : ApprovalAct<UndoRevocation>
{
    protected override async Task<Result<MaterialisedSet>> MaterialiseAsync(
        WriteSession session, UndoRevocation command, MaterialisedSet? asked, DateTimeOffset now)
    {
        var rows = await RowsAsync(session, command.Slot);
        return rows.Count > 0
            ? new MaterialisedSet([.. rows.Select(r => $"revocation {r.Id} of {r.Slot}")])
            : new Rejection(RejectionKind.NotFound, "this certificate is neither revoked nor suspended");
    }

    protected override async Task ExecuteAsync(
        WriteSession session, UndoRevocation command, Approval approval, Act act)
    {
        var rows = await RowsAsync(session, command.Slot);
        await session.ExecuteManyAsync(
            "update revocation set undone_at = @p1, undone_by = @p2, undone_reason = @p3 where id = @p0",
            [.. rows.Select(r => new object?[] { r.Id, act.At.ToUnixTimeSeconds(), act.Actor, command.Reason })]);
        await session.ExecuteAsync(
            """
            update lineage set is_open = 1
            where id = (select lineage_id from certificate where slot = @Slot) and is_open = 0
              and current_slot is not null
              and not exists (select 1 from lineage o where o.subject_id = lineage.subject_id and o.is_open = 1)
              and not exists (select 1 from revocation v where v.slot = lineage.current_slot and v.undone_at is null)
            """,
            new { command.Slot });
        // Another was opened since: one certificate of a person is current, and it is that one's.
        await session.ExecuteAsync(
            """
            update lineage set current_slot = null
            where id = (select lineage_id from certificate where slot = @Slot) and is_open = 0
              and exists (select 1 from lineage o where o.subject_id = lineage.subject_id and o.is_open = 1)
            """,
            new { command.Slot });
        await LineageRows.EnqueueKeyWithdrawnAsync(
            session,
            await session.QueryAsync<long>(
                "select lineage_id from certificate where slot = @Slot", new { command.Slot }),
            act.At);
        // Whether they are entitled to it still is decided again.
        await SubjectRows.TouchAsync(session, await session.QueryAsync<long>(
            "select subject_id from lineage where id = (select lineage_id from certificate where slot = @Slot)",
            new { command.Slot }));
        await AuditRows.AddAsync(session, act, "revocation-undone by-two", rows.Select(r => r.Slot));
    }

    static async Task<IReadOnlyList<(long Id, long Slot)>> RowsAsync(WriteSession session, long slot) =>
        await session.QueryAsync<(long, long)>(
            """
            select o.id, o.slot from revocation v
            join certificate c on c.slot = v.slot
            join certificate s on s.lineage_id = c.lineage_id
            join revocation o on o.slot = s.slot and o.undone_at is null and o.decided_at = v.decided_at
                and o.decided_by = v.decided_by and o.reason = v.reason
            where v.slot = @slot and v.undone_at is null
            order by o.id
            """,
            new { slot });
}
