using Dapper;
using Issuer.Core;
using Issuer.Core.Certificates;
using static Issuer.Storage.Predicates;

namespace Issuer.Storage.Certificates;

sealed class LineageStore(Database database) : ILineageStore
{
    /// <summary>
    /// What an act asked for by a cause of its own is due whatever became of the current certificate.
    /// </summary>
    static readonly string IsDue =
        $"""
        {IsOpen("l")} and l.regenerate_at <= @now and {IsDecided("s")}
            and (l.regenerate_cause <> {SuccessionCause.Regenerated:D} or not exists (
                select 1 from revocation v where v.slot = l.current_slot and {IsInForce("v")}))
        """;

    public Task<IReadOnlyList<LineageCursor>> DueAsync(
        DateTimeOffset now, LineageCursor? after, int limit, CancellationToken cancel) =>
        database.ReadAsync<IReadOnlyList<LineageCursor>>(
            async connection => [.. (await connection.QueryAsync<(long ExpiresAt, long Id)>(
                $"""
                select c.expires_at, l.id
                from lineage l join certificate c on c.slot = l.current_slot join subject s on s.id = l.subject_id
                where {IsDue} and (c.expires_at, l.id) > (@expires, @id)
                order by c.expires_at, l.id limit @limit
                """,
                new
                {
                    now = now.ToUnixTimeSeconds(),
                    expires = after?.ExpiresAt.ToUnixTimeSeconds() ?? 0,
                    id = after?.LineageId ?? 0,
                    limit,
                })).Select(row => new LineageCursor(DateTimeOffset.FromUnixTimeSeconds(row.ExpiresAt), row.Id))],
            cancel);

    public Task<IReadOnlyList<DueLineage>> ReadAsync(
        IReadOnlyList<long> lineages, DateTimeOffset now, CancellationToken cancel) => database.ReadAsync(
            async connection =>
            {
                var subjects = await DueSubjects.ReadAsync(
                    database, connection, $"l.id {database.OneOf("ids")} and {IsDue} order by c.expires_at, l.id",
                    new { ids = lineages.ToArray(), now = now.ToUnixTimeSeconds() });
                return (IReadOnlyList<DueLineage>)[.. subjects.Select(s => new DueLineage(
                    s.Subject, (SuccessionCause)s.RegenerateCause!.Value,
                    DateTimeOffset.FromUnixTimeSeconds(s.ExpiresAt!.Value)))];
            },
            cancel);

    public async Task<IReadOnlyList<ReservedSlot>> ReserveAsync(
        IReadOnlyList<PreparedCertificate> intents, IReadOnlyList<RefusedLineage> refused,
        IReadOnlyList<long> outdated, Act act, CancellationToken cancel)
    {
        if (intents.Count + refused.Count + outdated.Count == 0)
        {
            return [];
        }
        return await database.WriteAsync(
            async session =>
            {
                var now = act.At.ToUnixTimeSeconds();
                await session.ExecuteManyAsync(
                    $"""
                    update lineage set regenerate_at = null, regenerate_refusal = @why
                    where id = @LineageId and {IsOpen("lineage")} and regenerate_at <= @now
                    """,
                    refused.Select(r => new { r.LineageId, why = string.Join(", ", r.Refusals), now }));
                await AuditRows.AddAsync(session, act, "regeneration-refused", refused.Select(r => r.LineageId));
                await session.ExecuteManyAsync(
                    "update subject set revision = revision + 1 where id = @id and decided = revision",
                    outdated.Select(id => new { id }));
                return await ReserveAsync(session, intents, now);
            },
            cancel);
    }

    public Task<IReadOnlyList<StoredIntent>> OpenIntentsAsync(long lineage, CancellationToken cancel) =>
        OpenIntents.ReadAsync(database, "c.lineage_id = @lineage", new { lineage }, cancel);

    /// <summary>Writing the lineage's row lets one of several at once through; the next one sees its intent.</summary>
    static async Task<IReadOnlyList<ReservedSlot>> ReserveAsync(
        WriteSession session, IReadOnlyList<PreparedCertificate> intents, long now)
    {
        var reserved = await session.ExecuteManyAsync(
            $"""
            update lineage set regenerate_refusal = null
            where id = @LineageId and {IsOpen("lineage")} and regenerate_at <= @now and current_slot = @predecessor
              and exists (select 1 from subject
                where id = @SubjectId and revision = @SubjectRevision and decided = @SubjectRevision)
              and not exists (select 1 from certificate c where c.lineage_id = @LineageId and {IsIntent("c")})
            """,
            intents.Select(i => new
            {
                i.LineageId, now, predecessor = i.Predecessor?.Value, i.SubjectId, i.SubjectRevision,
            }));
        var kept = intents.Zip(reserved).Where(pair => pair.Second == 1).Select(pair => pair.First).ToList();
        await CertificateColumns.InsertAsync(session, kept.Select(i => (i, i.LineageId!.Value)));
        return kept.ConvertAll(i => new ReservedSlot(i.Slot, i.LineageId!.Value));
    }
}
