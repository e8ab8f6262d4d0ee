using System.Data.Common;
using Dapper;
using Issuer.Core.Certificates;
using Issuer.Core.Revocation;
using Issuer.Storage.Certificates;

namespace Issuer.Storage.Revocation;

/// <summary>Bulk acts: counted before they are asked for, executed in steps once approved, listed.</summary>
public sealed class BulkStore(Database database)
{
    /// <summary>Rows of one transaction: small enough for SQLite's parameters, and for others to get between.</summary>
    public const int StepSize = 5000;

    /// <param name="entitles">Whether these doses bring a certificate.</param>
    public Task<BulkImpact> PreviewAsync(
        BulkCriteria criteria, RevocationReason why, Func<IReadOnlyList<Dose>, bool> entitles, DateTimeOffset now,
        CancellationToken cancel) => database.ReadAsync(
            async connection =>
            {
                var sql = new BulkSql(criteria, why, now, database.OneOf);
                var items = await connection.ExecuteScalarAsync<long>(
                    $"select count(*) from ({sql.Items}) i", sql.Parameters);
                var kids = await connection.QueryAsync<(string Kid, long Count)>(
                    $"select kid, count(*) from certificate where slot in ({sql.Certificates}) group by kid", sql.Parameters);
                var people = await connection.ExecuteScalarAsync<long>(
                    $"""
                    select count(distinct l.subject_id) from lineage l
                    join certificate n on n.lineage_id = l.id where n.slot in ({sql.Certificates})
                    """,
                    sql.Parameters);
                var byKid = kids.ToDictionary(k => k.Kid, k => k.Count);
                var reissuable = criteria.IsOfRecords
                    ? await WithOtherDosesAsync(connection, sql, entitles)
                    : RevocationRule.ReachesLineage(why) ? 0 : await HeadsAsync(connection, sql);
                return new BulkImpact(items, byKid.Values.Sum(), people, byKid, reissuable);
            },
            cancel);

    /// <summary>
    /// The next few rows of an approved act, in one transaction. Killed anywhere, the next step begins where the last
    /// one ended. Null: no act waits.
    /// </summary>
    public Task<BulkProgress?> StepAsync(DateTimeOffset now, CancellationToken cancel, int size = StepSize) =>
        database.WriteAsync<BulkProgress?>(
            async session =>
            {
                var waiting = await session.QueryAsync<ActColumns>(
                    $"select {ActColumns.All} from bulk_act where approval_id is not null and finished_at is null order by id limit 1");
                if (waiting.Count == 0)
                {
                    return null;
                }
                await BulkStep.RunAsync(session, waiting[0], size, now);
                return (await ProgressAsync(
                    (sql, values) => session.QueryAsync<(long, long)>(sql, values),
                    await session.QueryAsync<ActColumns>(
                        $"select {ActColumns.All} from bulk_act where id = @Id", new { waiting[0].Id })))[0];
            },
            cancel);

    /// <summary>Approved acts by id, the newest first.</summary>
    public Task<IReadOnlyList<BulkProgress>> ListAsync(int limit, CancellationToken cancel) => database.ReadAsync(
        async connection => await ProgressAsync(
            async (sql, values) => (await connection.QueryAsync<(long, long)>(sql, values)).AsList(),
            (await connection.QueryAsync<ActColumns>(
                $"select {ActColumns.All} from bulk_act where approval_id is not null order by id desc limit @limit",
                new { limit })).AsList()),
        cancel);

    /// <summary>The person behind a document; nothing of them is told.</summary>
    public Task<long?> SubjectOfAsync(string document, CancellationToken cancel) => database.ReadAsync(
        connection => connection.QuerySingleOrDefaultAsync<long?>(
            "select subject_id from identity_document where document = @document", new { document }),
        cancel);

    static async Task<IReadOnlyList<BulkProgress>> ProgressAsync(
        Func<string, object, Task<List<(long Outcome, long Count)>>> query, IReadOnlyList<ActColumns> acts)
    {
        var list = new List<BulkProgress>();
        foreach (var act in acts)
        {
            var counts = (await query(
                "select outcome, count(*) from bulk_item where bulk_id = @Id and outcome is not null group by outcome",
                new { act.Id })).ToDictionary(c => c.Outcome, c => c.Count);
            list.Add(act.ToProgress(
                counts.GetValueOrDefault(BulkStep.Done), counts.GetValueOrDefault(BulkStep.Changed)));
        }
        return list;
    }

    /// <summary>Holders whose remaining doses entitle them, signatures over withdrawn doses left out.</summary>
    async Task<long> WithOtherDosesAsync(DbConnection connection, BulkSql sql, Func<IReadOnlyList<Dose>, bool> entitles)
    {
        long count = 0;
        sql.Parameters.Add("after", -1L);
        while ((await connection.QueryAsync<long>(
            $"""
            select distinct r.subject_id from record r
            where {sql.OfRecords("r")} and r.subject_id > @after order by r.subject_id limit {StepSize}
            """,
            sql.Parameters)).AsList() is { Count: > 0 } subjects)
        {
            sql.Parameters.Add("after", subjects[^1]);
            var withdrawn = (await connection.QueryAsync<long>(
                $"""
                select r.id from record r where {sql.OfRecords("r")}
                  and r.subject_id >= {subjects[0]} and r.subject_id <= {subjects[^1]}
                """,
                sql.Parameters)).ToHashSet();
            var doses = await DueSubjects.DosesAsync(database, connection, subjects);
            count += subjects.Count(
                s => doses[s].Any(d => withdrawn.Contains(d.RecordId))
                    && entitles(RevocationRule.Remaining(doses[s], withdrawn)));
        }
        return count;
    }

    static Task<long> HeadsAsync(DbConnection connection, BulkSql sql) => connection.ExecuteScalarAsync<long>(
        $"select count(*) from lineage l where l.is_open = 1 and l.current_slot in ({sql.Certificates})", sql.Parameters);
}

/// <summary>A row of <c>bulk_act</c>, as both engines return it.</summary>
sealed record ActColumns(
    long Id, long Reason, long OfRecords, long Size, long? ApprovalId, string? ApprovedBy, long Certificates,
    long? FinishedAt)
{
    public const string All = "id, reason, of_records, size, approval_id, approved_by, certificates, finished_at";

    public BulkProgress ToProgress(long done, long changed) => new(
        Id, (RevocationReason)Reason, Size, done, changed, Certificates, ApprovalId,
        FinishedAt is { } at ? DateTimeOffset.FromUnixTimeSeconds(at) : null);
}
