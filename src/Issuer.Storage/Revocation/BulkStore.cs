using System.Data.Common;
using Dapper;
using Issuer.Core.Certificates;
using Issuer.Core.Revocation;
using Issuer.Storage.Certificates;
using static Issuer.Storage.Predicates;

namespace Issuer.Storage.Revocation;

/// <summary>Bulk acts: counted before they are asked for, executed in steps once approved, listed.</summary>
public sealed class BulkStore(Database database)
{
    /// <param name="entitles">Whether these doses bring a certificate.</param>
    public Task<BulkImpact> PreviewAsync(
        BulkCriteria criteria, RevocationReason why, Func<IReadOnlyList<Dose>, bool> entitles, DateTimeOffset now,
        CancellationToken cancel) => database.ReadAsync(
            async connection =>
            {
                var sql = new BulkSql(criteria, why, now, database.OneOf);
                var items = await connection.ExecuteScalarAsync<long>(
                    $"select count(*) from ({sql.Items}) i", sql.Parameters);
                var reached = (await connection.QueryAsync<(string Kid, long Count, long People)>(
                    $"""
                    with reached as materialized (
                        select c.kid, c.lineage_id from certificate c where c.slot in ({sql.Certificates}))
                    select kid, count(*), (select count(distinct l.subject_id) from lineage l
                        where l.id in (select lineage_id from reached))
                    from reached group by kid
                    """,
                    sql.Parameters)).AsList();
                var byKid = reached.ToDictionary(r => r.Kid, r => r.Count);
                var reissuable = criteria.IsOfRecords
                    ? await WithOtherDosesAsync(connection, sql, entitles)
                    : RevocationRule.ReachesLineage(why) ? 0 : await HeadsAsync(connection, sql);
                return new BulkImpact(
                    items, byKid.Values.Sum(), reached.Count == 0 ? 0 : reached[0].People, byKid, reissuable);
            },
            cancel);

    /// <summary>
    /// The next few rows of an approved act, in one transaction. Killed anywhere, the next step begins where the last
    /// one ended. Null: no act waits.
    /// </summary>
    /// <param name="size">Rows; null: as many as the engine likes, few enough for others to get between.</param>
    public async Task<BulkProgress?> StepAsync(DateTimeOffset now, CancellationToken cancel, int? size = null)
    {
        var (isFirst, progress) = await database.WriteAsync<(bool, BulkProgress?)>(
            async session =>
            {
                var waiting = await session.QueryAsync<ActColumns>(
                    $"select {ActColumns.All} from bulk_act where {IsUnfinished("bulk_act")} "
                        + "order by id limit 1");
                if (waiting.Count == 0)
                {
                    return (false, null);
                }
                await BulkStep.RunAsync(session, waiting[0], size ?? database.ListSize, now);
                return (waiting[0].Done + waiting[0].LeftAlone == 0, (await session.QueryAsync<ActColumns>(
                    $"select {ActColumns.All} from bulk_act where id = @Id", new { waiting[0].Id }))[0].ToProgress());
            },
            cancel);
        if (isFirst)
        {
            // Every fetch joins it, and a plan made for an empty table reads all of it each time.
            await database.AnalyzeAsync("revocation", cancel);
        }
        return progress;
    }

    /// <summary>Approved acts by id, the newest first.</summary>
    public Task<IReadOnlyList<BulkProgress>> ListAsync(int limit, CancellationToken cancel) => database.ReadAsync(
        async connection => (IReadOnlyList<BulkProgress>)[.. (await connection.QueryAsync<ActColumns>(
            $"select {ActColumns.All} from bulk_act where {IsApproved("bulk_act")} order by id desc limit @limit",
            new { limit })).Select(act => act.ToProgress())],
        cancel);

    /// <summary>The person behind a document; nothing of them is told.</summary>
    public Task<long?> SubjectOfAsync(string document, CancellationToken cancel) => database.ReadAsync(
        connection => connection.QuerySingleOrDefaultAsync<long?>(
            "select subject_id from identity_document where document = @document", new { document }),
        cancel);

    /// <summary>Holders whose remaining doses entitle them, signatures over withdrawn doses left out.</summary>
    async Task<long> WithOtherDosesAsync(DbConnection connection, BulkSql sql, Func<IReadOnlyList<Dose>, bool> entitles)
    {
        // Whoever has no other dose needs no decision.
        var affected = (await connection.QueryAsync<(long Subject, long Record)>(
            $"""
            select r.subject_id, r.id from record r
            where {sql.OfRecords("r")} and {HasSubject("r")} and exists (select 1 from record d
                where d.subject_id = r.subject_id and {IsGiven("d")} and not ({sql.OfRecords("d")}))
            order by r.subject_id
            """,
            sql.Parameters)).GroupBy(pair => pair.Subject, pair => pair.Record);
        long count = 0;
        foreach (var people in affected.Chunk(database.ListSize))
        {
            var doses = await DueSubjects.DosesAsync(database, connection, [.. people.Select(p => p.Key)]);
            count += people.Count(p => doses[p.Key].Any(d => p.Contains(d.RecordId))
                && entitles(RevocationRule.Remaining(doses[p.Key], p.ToHashSet())));
        }
        return count;
    }

    static Task<long> HeadsAsync(DbConnection connection, BulkSql sql) => connection.ExecuteScalarAsync<long>(
        $"select count(*) from lineage l where {IsOpen("l")} and l.current_slot in ({sql.Certificates})",
        sql.Parameters);
}

/// <summary>A row of <c>bulk_act</c>, as both engines return it.</summary>
sealed record ActColumns(
    long Id, long Reason, long OfRecords, long Size, long? ApprovalId, string? ApprovedBy, long Certificates,
    long DoneTo, long Done, long LeftAlone, long? FinishedAt)
{
    public static readonly ColumnList All = ColumnList.Of<ActColumns>();

    public BulkProgress ToProgress() => new(
        Id, (RevocationReason)Reason, Size, Done, LeftAlone, Certificates, ApprovalId,
        FinishedAt is { } at ? DateTimeOffset.FromUnixTimeSeconds(at) : null);
}
