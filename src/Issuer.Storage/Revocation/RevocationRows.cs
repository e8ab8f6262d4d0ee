using Issuer.Core;
using Issuer.Core.Revocation;
using static Issuer.Storage.Predicates;

namespace Issuer.Storage.Revocation;

/// <summary>
/// Rows of <c>revocation</c>, at most one standing for a certificate, always for many at once. A stricter declaration
/// takes the milder one's place (a suspension, which then gets no grace, or a grace that still runs); the audit trail
/// keeps both.
/// </summary>
static class RevocationRows
{
    /// <returns>
    /// The certificates that it changed anything for: not the expired, nor those it stood for already.
    /// </returns>
    public static async Task<IReadOnlyList<long>> DeclareAsync(
        WriteSession session, IReadOnlyCollection<long> slots, Declaration declared)
    {
        if (slots.Count == 0)
        {
            return [];
        }
        var values = new
        {
            slots = slots.ToArray(), reason = (long)declared.Reason, at = declared.Act.At.ToUnixTimeSeconds(),
            by = declared.Act.Actor, effective = declared.EffectiveAt.ToUnixTimeSeconds(),
            until = declared.SuspendedUntil?.ToUnixTimeSeconds(), approval = declared.ApprovalId, note = declared.Note,
            what = declared.AuditText,
        };
        var changed = await session.QueryAsync<long>(
            $"""
            insert into revocation (
                slot, reason, decided_at, decided_by, effective_at, suspended_until, approval_id, note)
            select c.slot, @reason, @at, @by, @effective, @until, @approval, @note from certificate c
            where c.slot {session.OneOf("slots")} and {IsAlive("c", "@at")}
            {OnConflictStanding} do update set reason = excluded.reason,
                decided_at = excluded.decided_at, decided_by = excluded.decided_by,
                effective_at = case when revocation.suspended_until > excluded.decided_at
                    then excluded.decided_at else excluded.effective_at end,
                suspended_until = excluded.suspended_until,
                approval_id = excluded.approval_id, note = excluded.note
            where case when {NeverEnds("revocation")}
                then {NeverEnds("excluded")} and excluded.effective_at < revocation.effective_at
                else {NeverEnds("excluded")} or excluded.suspended_until > revocation.suspended_until end
            returning slot
            """,
            values);
        await AuditAsync(session, declared.Act, declared.AuditText, changed);
        return changed;
    }

    /// <summary>Every unexpired certificate of these lineages.</summary>
    public static Task<List<long>> OfLineagesAsync(
        WriteSession session, IReadOnlyCollection<long> lineages, DateTimeOffset now) => session.QueryAsync<long>(
            $"""
            select slot from certificate
            where lineage_id {session.OneOf("lineages")} and {IsAlive("certificate")}
            """,
            new { lineages = lineages.ToArray(), now = now.ToUnixTimeSeconds() });

    /// <summary>
    /// Nothing follows in them any more: what waits for its signature never becomes current. The head stays named, so
    /// that undoing brings it back.
    /// </summary>
    public static async Task CloseAsync(WriteSession session, IReadOnlyCollection<long> lineages)
    {
        if (lineages.Count == 0)
        {
            return;
        }
        var values = new { lineages = lineages.ToArray() };
        await session.ExecuteAsync($"update lineage set is_open = {No} where id {session.OneOf("lineages")}", values);
        await session.ExecuteAsync(
            $"""
            update certificate set abandoned = {Yes}
            where lineage_id {session.OneOf("lineages")} and {IsIntent("certificate")}
            """,
            values);
    }

    /// <summary>
    /// After step 9: declares it of those that a successor with other content corrects, which is its predecessor's
    /// content and whatever certifies more doses than it does.
    /// </summary>
    /// <param name="successors">Slots.</param>
    public static async Task FollowAsync(
        WriteSession session, IReadOnlyCollection<long> successors, Declaration declared) => await DeclareAsync(
            session,
            await session.QueryAsync<long>(
                $"""
                select old.slot from certificate n
                join certificate before on before.slot = n.predecessor
                join certificate old on old.lineage_id = n.lineage_id and old.slot <> n.slot
                where n.slot {session.OneOf("slots")} and {IsCompleted("old")}
                  and (old.content_digest = before.content_digest or old.dose_number > n.dose_number)
                """,
                new { slots = successors.ToArray() }),
            declared);

    /// <summary>
    /// Declares it of all that these persons have and closes their lineages, unless they are entitled again before it
    /// takes effect.
    /// </summary>
    public static async Task EndAsync(
        WriteSession session, IReadOnlyCollection<long> subjects, Declaration declared)
    {
        var lineages = await session.QueryAsync<long>(
            $"""
            select id from lineage
            where subject_id {session.OneOf("subjects")} and {IsOpen("lineage")} and current_slot is not null
            """,
            new { subjects = subjects.ToArray() });
        if (lineages.Count > 0)
        {
            await DeclareAsync(session, await OfLineagesAsync(session, lineages, declared.Act.At), declared);
            await CloseAsync(session, lineages);
        }
    }

    /// <summary>Lineages whose head is revoked only after a grace that still runs go on.</summary>
    public static async Task ReopenAsync(WriteSession session, IReadOnlyCollection<long> lineages, Act act)
    {
        if (lineages.Count > 0)
        {
            await session.ExecuteAsync(
                $"""
                update lineage set is_open = {Yes} where {IsClosed("lineage")} and id {session.OneOf("lineages")}
                  and exists (select 1 from revocation v where v.slot = lineage.current_slot and {IsInGrace("v")})
                """,
                new { lineages = lineages.ToArray(), now = act.At.ToUnixTimeSeconds() });
            await LineageRows.EnqueueKeyWithdrawnAsync(session, lineages, act.At);
        }
    }

    /// <summary>They are entitled again to what their certificates say: what was to come does not.</summary>
    public static async Task TakeBackAsync(WriteSession session, IReadOnlyCollection<long> lineages, Act act)
    {
        if (lineages.Count == 0)
        {
            return;
        }
        await ReopenAsync(session, lineages, act);
        var slots = await session.QueryAsync<long>(
            $"""
            update revocation set undone_at = @now, undone_by = @Actor, undone_reason = 'entitled-again'
            where id in (select v.id from revocation v
                join certificate c on c.slot = v.slot
                join lineage l on l.id = c.lineage_id
                join certificate head on head.slot = l.current_slot
                where l.id {session.OneOf("lineages")} and c.content_digest = head.content_digest and {IsInGrace("v")})
            returning slot
            """,
            new { lineages = lineages.ToArray(), now = act.At.ToUnixTimeSeconds(), act.Actor });
        await AuditAsync(session, act, "revocation-undone entitled-again", slots);
    }

    public static async Task AuditAsync(WriteSession session, Act act, string what, IReadOnlyCollection<long> objects)
    {
        const int few = 50;
        if (objects.Count <= few)
        {
            await AuditRows.AddAsync(session, act, what, objects);
            return;
        }
        await session.ExecuteAsync(
            $"""
            insert into audit (at, actor, act, object_id)
            select @at, @Actor, @what, slot from certificate where slot {session.OneOf("slots")}
            """,
            new { at = act.At.ToUnixTimeSeconds(), act.Actor, what, slots = objects.ToArray() });
    }
}
