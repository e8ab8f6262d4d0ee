using System.Data.Common;
using Dapper;
using Issuer.Core.Approvals;
using Issuer.Core.Certificates;
using Issuer.Core.Revocation;
using Issuer.Storage.Certificates;
using static Issuer.Storage.Predicates;

namespace Issuer.Storage.Revocation;

/// <summary>Bulk acts: counted before they are asked for, executed in steps once approved, listed.</summary>
public sealed class BulkStore(Database database) : IBulkStore
{
    /// <param name="wholeLineages">Whether it reaches every certificate of a lineage.</param>
    /// <param name="entitles">Whether these doses bring a certificate once some of them are withdrawn.</param>
    public Task<BulkImpact> PreviewAsync(
        BulkCriteria criteria, bool wholeLineages, Func<IReadOnlyList<Dose>, IReadOnlySet<long>, bool> entitles,
        DateTimeOffset now, CancellationToken cancel) => database.ReadAsync(
            async connection =>
            {
                var sql = new BulkSql(criteria, wholeLineages, now, database.OneOf);
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
                    : wholeLineages ? 0 : await HeadsAsync(connection, sql);
                return new BulkImpact(
                    items, byKid.Values.Sum(), reached.Count == 0 ? 0 : reached[0].People, byKid, reissuable);
            },
            cancel);

    public int StepSize => database.ListSize;

    public Task PlanAnewAsync(CancellationToken cancel) => database.AnalyzeAsync("revocation", cancel);

    public Task<T> DecideAsync<T>(Func<IBulkTransaction, Task<T>> decide, CancellationToken cancel) =>
        database.WriteAsync(session => decide(new RevocationTransaction(session)), cancel);

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
    async Task<long> WithOtherDosesAsync(
        DbConnection connection, BulkSql sql, Func<IReadOnlyList<Dose>, IReadOnlySet<long>, bool> entitles)
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
                && entitles([.. doses[p.Key]], p.ToHashSet()));
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

    /// <param name="command">As it was asked for.</param>
    public ApprovedBulk ToApproved(RevokeInBulk command) => new(
        Id, (RevocationReason)Reason, OfRecords == 1, ApprovalId!.Value, ApprovedBy!, DoneTo,
        IsNew: Done + LeftAlone == 0, command.SuspendedUntil);

    public BulkProgress ToProgress() => new(
        Id, (RevocationReason)Reason, Size, Done, LeftAlone, Certificates, ApprovalId,
        FinishedAt is { } at ? DateTimeOffset.FromUnixTimeSeconds(at) : null);
}
