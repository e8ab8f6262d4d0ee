using Dapper;
using Issuer.Core;
using Issuer.Core.Certificates;

namespace Issuer.Storage.Certificates;

sealed class LineageStore(Database database) : ILineageStore
{
    /// <summary>
    /// What an act asked for by a cause of its own is due whatever became of the current certificate.
    /// </summary>
    const string IsDue =
        """
        l.is_open = 1 and l.regenerate_at <= @now and s.decided >= s.revision
            and (l.regenerate_cause <> 1 or not exists (
                select 1 from revocation r where r.slot = l.current_slot and r.undone_at is null
                    and r.effective_at <= @now and (r.suspended_until is null or r.suspended_until > @now)))
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
                    """
                    update lineage set regenerate_at = null, regenerate_refusal = @p1
                    where id = @p0 and is_open = 1 and regenerate_at <= @p2
                    """,
                    [.. refused.Select(r => new object?[] { r.LineageId, string.Join(", ", r.Refusals), now })]);
                await AuditRows.AddAsync(session, act, "regeneration-refused", refused.Select(r => r.LineageId));
                await session.ExecuteManyAsync(
                    "update subject set revision = revision + 1 where id = @p0 and decided = revision",
                    [.. outdated.Select(id => new object?[] { id })]);
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
            """
            update lineage set regenerate_refusal = null
            where id = @p0 and is_open = 1 and regenerate_at <= @p1 and current_slot = @p2
              and exists (select 1 from subject where id = @p3 and revision = @p4 and decided = @p4)
              and not exists (
                select 1 from certificate where lineage_id = @p0 and signature is null and abandoned = 0)
            """,
            [.. intents.Select(i => new object?[]
            {
                i.LineageId, now, i.Predecessor?.Value, i.SubjectId, i.SubjectRevision,
            })]);
        var kept = intents.Zip(reserved).Where(pair => pair.Second == 1).Select(pair => pair.First).ToList();
        await session.ExecuteManyAsync(
            CertificateColumns.Insert, [.. kept.Select(i => CertificateColumns.ValuesOf(i, i.LineageId!.Value))]);
        return kept.ConvertAll(i => new ReservedSlot(i.Slot, i.LineageId!.Value));
    }
}
