using Issuer.Core;
using Issuer.Core.Certificates;
using Issuer.Hcert;
using Issuer.Storage.Revocation;
using static Issuer.Storage.Predicates;

namespace Issuer.Storage.Certificates;

sealed class CertificateStore(Database database, IdLeases ids) : ICertificateStore
{
    public Task<IReadOnlyList<DueSubject>> ClaimDueAsync(long after, int limit, CancellationToken cancel) =>
        database.ReadAsync<IReadOnlyList<DueSubject>>(
            async connection => [.. (await DueSubjects.ReadAsync(database, connection,
                $"{IsDue("s")} and s.id > @after order by s.id limit @limit", new { after, limit }))
                .Select(due => due.Subject)],
            cancel);

    public Task<SlotLease> LeaseSlotsAsync(int count, CancellationToken cancel) =>
        database.WriteAsync(session => Shards.LeaseAsync(session, count), cancel);

    public Task AskAsync(IReadOnlyCollection<AskedSubject> decided, Act act, CancellationToken cancel) =>
        CourseQuestionStore.StoreAsync(database, decided, act, cancel);

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
                    "update subject set decided = @Revision, refusals = @Refusals "
                        + "where id = @Id and revision = @Revision and decided < @Revision",
                    intents.Select(i => new DecidedColumns(i.SubjectId, i.SubjectRevision, null)).Concat(
                        settled.Select(s => new DecidedColumns(s.Id, s.Revision, TextOf(s.Refusals)))));
                var kept = withLineage.Zip(decided).Where(pair => pair.Second == 1).Select(pair => pair.First).ToList();
                var continued = kept.Select(k => k.Intent.LineageId).OfType<long>().ToList();
                await session.InsertAsync(
                    "lineage",
                    kept.Where(k => k.Intent.LineageId is null)
                        .Select(k => new { id = k.Lineage, k.Intent.SubjectId, isOpen = 1L }));
                // An older intent of the lineage rests on what was known before.
                await session.ExecuteManyAsync(
                    $"update certificate set abandoned = {Yes} where lineage_id = @id and {IsIntent("certificate")}",
                    continued.Select(id => new { id }));
                await RevocationRows.ReopenAsync(session, continued, act);
                await CertificateColumns.InsertAsync(session, kept);
                // A merge that changed nothing in the certificate is no cause of the next one.
                await session.ExecuteManyAsync(
                    $"update lineage set merged = {No} "
                        + $"where subject_id = @Id and {IsOpen("lineage")} and merged = {Yes}",
                    settled.Where(s => s.Refusals.Count == 0).Select(s => new { s.Id }));
                var done = settled.Zip(decided.Skip(withLineage.Count)).Where(p => p.Second == 1).Select(p => p.First)
                    .ToList();
                foreach (var ended in done.GroupBy(s => s.Ends))
                {
                    if (ended.Key is { } declared)
                    {
                        await RevocationRows.EndAsync(session, [.. ended.Select(s => s.Id)], declared);
                    }
                }
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
                    $"""
                    update lineage set current_slot = @slot, merged = {No}, regenerate_at = @due,
                        regenerate_cause = {SuccessionCause.Regenerated:D}, regenerate_refusal = null
                    where id = @LineageId and {IsOpen("lineage")} and current_slot is not distinct from @predecessor
                      and exists (select 1 from certificate c
                        where c.lineage_id = @LineageId and c.slot = @slot and {IsIntent("c")}
                          and not {HasWithdrawnKey("c")})
                    """,
                    certificates.Select(c => new
                    {
                        c.LineageId, slot = c.Slot.Value, predecessor = c.Predecessor?.Value,
                        due = c.RegenerateAt.ToUnixTimeSeconds(),
                    }));
                var current = certificates.Zip(moved).Where(pair => pair.Second == 1).Select(pair => pair.First)
                    .ToList();
                await session.ExecuteManyAsync(
                    "update certificate set signature = @Signature, revocation_hash = @hash where slot = @slot",
                    current.Select(c => new
                    {
                        slot = c.Slot.Value, c.Signature, hash = c.RevocationHash.ToBytes(),
                    }));
                var successors = current.Where(c => c.Predecessor is not null);
                await LineageRows.InheritSuspensionAsync(session, [.. successors.Select(c => c.Slot.Value)], act);
                foreach (var correcting in current.GroupBy(c => c.Corrects))
                {
                    if (correcting.Key is { } declared)
                    {
                        await RevocationRows.FollowAsync(
                            session, [.. correcting.Select(c => c.Slot.Value)], declared);
                    }
                }
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
                    $"update certificate set abandoned = {Yes} where slot = @slot and {IsUnsigned("certificate")}",
                    slots.Select(slot => new { slot }));
                await session.ExecuteManyAsync(
                    "update subject set revision = revision + 1 where id = @SubjectId and decided = revision",
                    intents.Where(i => !i.KeepsContent).Select(i => new { i.SubjectId }));
                await AuditRows.AddAsync(session, act, "intent-abandoned", slots);
            },
            cancel);

    /// <summary>Whoever's content stands (again) may be regenerated after all.</summary>
    static Task<int[]> AskAgainAsync(WriteSession session, IReadOnlyList<SettledSubject> settled, Act act) =>
        session.ExecuteManyAsync(
            $"""
            update lineage set regenerate_at = @now, regenerate_refusal = null
            where subject_id = @Id and {IsOpen("lineage")} and regenerate_refusal is not null
            """,
            settled.Where(s => s.Refusals.Count == 0).Select(s => new { s.Id, now = act.At.ToUnixTimeSeconds() }));

    static string? TextOf(IReadOnlyList<Refusal> refusals) =>
        refusals.Count == 0 ? null : string.Join(", ", refusals.Select(r => r.ToString()));

    sealed record DecidedColumns(long Id, long Revision, string? Refusals);
}
