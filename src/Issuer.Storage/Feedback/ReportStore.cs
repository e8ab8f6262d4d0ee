using Dapper;
using Issuer.Core.Feedback;
using static Issuer.Storage.Predicates;

namespace Issuer.Storage.Feedback;

sealed class ReportStore(Database database, IdLeases ids) : IReportStore
{
    public Task<IReadOnlyList<ReportCandidate>> CandidatesAsync(Filer filer, CancellationToken cancel) =>
        database.ReadAsync<IReadOnlyList<ReportCandidate>>(
            async connection =>
            {
                var own = await connection.QueryAsync<CandidateColumns>(
                    $"""
                    select {CandidateColumns.All} from identity_document d join record r on r.subject_id = d.subject_id
                    where d.document = @Document order by r.id limit {CandidateColumns.Most}
                    """,
                    new { filer.Document });
                var waiting = await connection.QueryAsync<CandidateColumns>(
                    $"""
                    select {CandidateColumns.All} from record r
                    where {CandidateColumns.WaitingUnder} order by r.id limit {CandidateColumns.Most}
                    """,
                    new { number = filer.RecordedNumber });
                return [.. own.Select(row => row.ToCandidate(true)), .. waiting.Select(row => row.ToCandidate(false))];
            },
            cancel);

    public Task<long> NewIdAsync(CancellationToken cancel) => ids.TakeAsync("report", 1, cancel);

    public Task<T> DecideAsync<T>(Func<IReportTransaction, Task<T>> decide, CancellationToken cancel) =>
        database.WriteAsync(session => decide(new ReportTransaction(session)), cancel);

    public async Task<Report?> FindAsync(long id, CancellationToken cancel) => (await database.ReadAsync(
        connection => ReportColumns.ReadAsync(database, connection, "r.id = @id", new { id }),
        cancel)).SingleOrDefault();

    public Task<IReadOnlyList<Report>> PageAsync(ReportQuery query, long after, int limit, CancellationToken cancel)
    {
        var parameters = new DynamicParameters(new { after, limit });
        var where = new List<string> { "r.id > @after" };
        void Narrow(string condition, string name, object value)
        {
            where.Add(condition);
            parameters.Add(name, value);
        }
        if (query.Filer is { } filer)
        {
            Narrow("r.filer = @filer", "filer", filer);
        }
        if (query.Own.Facility is { } facility)
        {
            Narrow("r.facility = @facility", "facility", facility);
        }
        if (query.Own.Provinces is { } provinces)
        {
            Narrow($"f.province {database.OneOf("provinces")}", "provinces", provinces.ToArray());
        }
        if (query.LateAt is { } now)
        {
            Narrow($"{WaitsForAnswer("r")} and r.due_at <= @now", "now", now.ToUnixTimeSeconds());
        }
        return database.ReadAsync(
            connection => ReportColumns.ReadAsync(
                database, connection, $"{string.Join(" and ", where)} order by r.id limit @limit", parameters),
            cancel);
    }
}
