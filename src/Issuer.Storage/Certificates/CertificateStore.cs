using Issuer.Core;
using Issuer.Core.Certificates;
using Issuer.Core.Revocation;
using Issuer.Hcert;
using Issuer.Storage.Revocation;

namespace Issuer.Storage.Certificates;

sealed class CertificateStore(Database database, IdLeases ids) : ICertificateStore
{
    public Task<IReadOnlyList<DueSubject>> ClaimDueAsync(long after, int limit, CancellationToken cancel) =>
        database.ReadAsync<IReadOnlyList<DueSubject>>(
            async connection => [.. (await DueSubjects.ReadAsync(database, connection,
                "s.decided < s.revision and s.id > @after order by s.id limit @limit", new { after, limit }))
                .Select(due => due.Subject)],
            cancel);

    public Task<SlotLease> LeaseSlotsAsync(int count, CancellationToken cancel) =>
        database.WriteAsync(session => Shards.LeaseAsync(session, count), cancel);

    public async Task<IReadOnlyList<ReservedSlot>> ReserveAsync(
        IReadOnlyList<PreparedCertificate> intents, IReadOnlyList<SettledSubject> settled, Act act,
        CancellationToken cancel)
    {
        var opening = intents.Count(i => i.LineageId is null);
        var nextLineage = opening == 0 ? 0 : await ids.TakeAsync("lineage", opening, cancel);
        var withLineage = intents.Select(i => (Intent: i, Lineage: i.LineageId ?? nextLineage++)).ToList();
        return await database.WriteAsync<IReadOnlyList<ReservedSlot>>(
            async session =>
            {
                var decided = await session.ExecuteManyAsync(
                    "update subject set decided = @p1, refusals = @p2 "
                        + "where id = @p0 and revision = @p1 and decided < @p1",
                    [
                        .. intents.Select(i => new object?[] { i.SubjectId, i.SubjectRevision, null }),
                        .. settled.Select(s => new object?[] { s.Id, s.Revision, TextOf(s.Refusals) }),
                    ]);
                var kept = withLineage.Zip(decided).Where(pair => pair.Second == 1).Select(pair => pair.First).ToList();
                var continued = kept.Select(k => k.Intent.LineageId).OfType<long>().ToList();
                await session.ExecuteManyAsync(
                    "insert into lineage (id, subject_id, current_slot, is_open) values (@p0, @p1, null, 1)",
                    [.. kept.Where(k => k.Intent.LineageId is null)
                        .Select(k => new object?[] { k.Lineage, k.Intent.SubjectId })]);
                // An older intent of the lineage rests on what was known before.
                await session.ExecuteManyAsync(
                    "update certificate set abandoned = 1 "
                        + "where lineage_id = @p0 and signature is null and abandoned = 0",
                    [.. continued.Select(id => new object?[] { id })]);
                await RevocationRows.ReopenAsync(session, continued, act);
                await session.ExecuteManyAsync(
                    CertificateColumns.Insert,
                    [.. kept.Select(k => CertificateColumns.ValuesOf(k.Intent, k.Lineage))]);
                // A merge that changed nothing in the certificate is no cause of the next one.
                await session.ExecuteManyAsync(
                    "update lineage set merged = 0 where subject_id = @p0 and is_open = 1 and merged = 1",
                    [.. settled.Where(s => s.Refusals.Count == 0).Select(s => new object?[] { s.Id })]);
                var done = settled.Zip(decided.Skip(withLineage.Count)).Where(p => p.Second == 1).Select(p => p.First)
                    .ToList();
                await RevocationRows.EndAsync(
                    session, [.. done.Where(s => RevocationRule.EndsEntitlement(s.Refusals)).Select(s => s.Id)], act);
                await RevocationRows.TakeBackAsync(session, [.. done.Select(s => s.Resumes).OfType<long>()], act);
                await AskAgainAsync(session, settled, act);
                return kept.ConvertAll(k => new ReservedSlot(k.Intent.Slot, k.Lineage));
            },
            cancel);
    }

    public Task<int> CompleteAsync(
        IReadOnlyList<SignedCertificate> certificates, Act act, CancellationToken cancel) => database.WriteAsync(
            async session =>
            {
                var moved = await session.ExecuteManyAsync(
                    """
                    update lineage set current_slot = @p1, merged = 0, regenerate_at = @p3, regenerate_cause = 1,
                        regenerate_refusal = null
                    where id = @p0 and is_open = 1 and current_slot is not distinct from @p2
                      and exists (select 1 from certificate
                        where lineage_id = @p0 and slot = @p1 and signature is null and abandoned = 0)
                      and not exists (select 1 from dsc_withdrawal w where w.kid = @p4)
                    """,
                    [.. certificates.Select(c => new object?[]
                    {
                        c.LineageId, c.Slot.Value, c.Predecessor?.Value, c.RegenerateAt.ToUnixTimeSeconds(),
                        c.Kid.ToString(),
                    })]);
                var current = certificates.Zip(moved).Where(pair => pair.Second == 1).Select(pair => pair.First)
                    .ToList();
                await session.ExecuteManyAsync(
                    "update certificate set signature = @p1, revocation_hash = @p2 where slot = @p0",
                    [.. current.Select(c => new object?[]
                    {
                        c.Slot.Value, c.Signature, c.RevocationHash.ToBytes(),
                    })]);
                var successors = current.Where(c => c.Predecessor is not null);
                await LineageRows.InheritSuspensionAsync(session, [.. successors.Select(c => c.Slot.Value)], act);
                await RevocationRows.FollowAsync(session, current, act);
                await AuditRows.AddAsync(session, act, "certificate-completed", current.Select(c => c.Slot.Value));
                return current.Count;
            },
            cancel);

    public Task<IReadOnlyList<StoredIntent>> OpenIntentsAsync(Slot? after, int limit, CancellationToken cancel) =>
        // The plus keeps both engines from going through all certificates in the order of their slots.
        OpenIntents.ReadAsync(
            database, "+c.slot > @after order by +c.slot limit @limit", new { after = after?.Value ?? -1, limit },
            cancel);

    public Task AbandonAsync(
        IReadOnlyList<StoredIntent> intents, Act act, CancellationToken cancel) => database.WriteAsync(
            async session =>
            {
                var slots = intents.Select(i => i.Slot.Value).ToList();
                await session.ExecuteManyAsync(
                    "update certificate set abandoned = 1 where slot = @p0 and signature is null",
                    [.. slots.Select(slot => new object?[] { slot })]);
                await session.ExecuteManyAsync(
                    "update subject set revision = revision + 1 where id = @p0 and decided = revision",
                    [.. intents.Where(i => !i.KeepsContent).Select(i => new object?[] { i.SubjectId })]);
                await AuditRows.AddAsync(session, act, "intent-abandoned", slots);
            },
            cancel);

    /// <summary>Whoever's content stands (again) may be regenerated after all.</summary>
    static Task<int[]> AskAgainAsync(WriteSession session, IReadOnlyList<SettledSubject> settled, Act act) =>
        session.ExecuteManyAsync(
            """
            update lineage set regenerate_at = @p1, regenerate_refusal = null
            where subject_id = @p0 and is_open = 1 and regenerate_refusal is not null
            """,
            [.. settled.Where(s => s.Refusals.Count == 0)
                .Select(s => new object?[] { s.Id, act.At.ToUnixTimeSeconds() })]);

    static string? TextOf(IReadOnlyList<Refusal> refusals) =>
        refusals.Count == 0 ? null : string.Join(", ", refusals.Select(r => r.ToString()));
}
