using Issuer.Core;
using Issuer.Core.Certificates;
using static Issuer.Storage.Predicates;

namespace Issuer.Storage.Revocation;

/// <summary>What revocation does to lineages beyond their certificates.</summary>
static class LineageRows
{
    /// <summary>
    /// Closed for cause. Whatever was being decided about their persons is decided anew, and sees the revocation.
    /// </summary>
    public static async Task EndAsync(WriteSession session, IReadOnlyCollection<long> lineages)
    {
        await RevocationRows.CloseAsync(session, lineages);
        await session.ExecuteAsync(
            $"""
            update subject set revision = revision + 1,
                decided = case when decided = revision then revision + 1 else decided end
            where id in (select subject_id from lineage where id {session.OneOf("lineages")})
            """,
            new { lineages = lineages.ToArray() });
    }

    /// <summary>Successors with the same content are due now for those of these that are current.</summary>
    /// <returns>How many lineages that are.</returns>
    public static Task<int> EnqueueAsync(
        WriteSession session, IReadOnlyCollection<long> slots, SuccessionCause cause, DateTimeOffset now) =>
        session.ExecuteAsync(
            $"""
            update lineage set regenerate_at = @now, regenerate_cause = @cause, regenerate_refusal = null
            where {IsOpen("lineage")} and current_slot {session.OneOf("slots")}
              and id in (select lineage_id from certificate where slot {session.OneOf("slots")})
            """,
            new { slots = slots.ToArray(), now = now.ToUnixTimeSeconds(), cause = (long)cause });

    /// <summary>Those that are open again under a DSC that was withdrawn meanwhile get their successors too.</summary>
    public static async Task EnqueueKeyWithdrawnAsync(
        WriteSession session, IReadOnlyCollection<long> lineages, DateTimeOffset now) => await EnqueueAsync(
            session,
            await session.QueryAsync<long>(
                $"""
                select c.slot from lineage l join certificate c on c.slot = l.current_slot
                join dsc_withdrawal w on w.kid = c.kid
                where {IsOpen("l")} and l.id {session.OneOf("lineages")}
                """,
                new { lineages = lineages.ToArray() }),
            SuccessionCause.KeyWithdrawn, now);

    /// <summary>
    /// What follows a suspended certificate is suspended like it, to the same end and by the same act.
    /// </summary>
    public static async Task InheritSuspensionAsync(WriteSession session, long[] slots, Act act)
    {
        if (slots.Length == 0)
        {
            return;
        }
        var suspended = await session.QueryAsync<long>(
            $"""
            insert into revocation
                (slot, reason, decided_at, decided_by, effective_at, suspended_until, approval_id, note)
            select c.slot, v.reason, v.decided_at, v.decided_by, v.effective_at, v.suspended_until, v.approval_id,
                v.note
            from certificate c join revocation v on v.slot = c.predecessor
            where c.slot {session.OneOf("slots")} and {IsSuspension("v")}
            returning slot
            """,
            new { slots, now = act.At.ToUnixTimeSeconds() });
        await RevocationRows.AuditAsync(session, act, "certificate-suspended predecessor", suspended);
    }

    /// <summary>No regeneration while it is suspended; what was due then is made up at its end.</summary>
    public static Task<int> PauseAsync(WriteSession session, long lineage, DateTimeOffset until) =>
        session.ExecuteAsync(
        "update lineage set regenerate_at = @until where id = @lineage and regenerate_at < @until",
        new { lineage, until = until.ToUnixTimeSeconds() });
}
