using Issuer.Core;
using Issuer.Core.Approvals;
using Issuer.Core.Revocation;
using Issuer.Storage.Identity;
using Issuer.Storage.Revocation;
using static Issuer.Storage.Predicates;

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
            "update revocation set undone_at = @now, undone_by = @Actor, undone_reason = @Reason where id = @Id",
            rows.Select(r => new { r.Id, now = act.At.ToUnixTimeSeconds(), act.Actor, command.Reason }));
        await session.ExecuteAsync(
            $"""
            update lineage set is_open = {Yes}
            where id = (select lineage_id from certificate where slot = @Slot) and {IsClosed("lineage")}
              and current_slot is not null
              and not exists (select 1 from lineage o where o.subject_id = lineage.subject_id and {IsOpen("o")})
              and not exists (select 1 from revocation v where v.slot = lineage.current_slot and {Stands("v")})
            """,
            new { command.Slot });
        // Another was opened since: one certificate of a person is current, and it is that one's.
        await session.ExecuteAsync(
            $"""
            update lineage set current_slot = null
            where id = (select lineage_id from certificate where slot = @Slot) and {IsClosed("lineage")}
              and exists (select 1 from lineage o where o.subject_id = lineage.subject_id and {IsOpen("o")})
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
}
