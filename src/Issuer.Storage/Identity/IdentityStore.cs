using Dapper;
using Issuer.Core.Identity;
using Issuer.Core.Records;
using Issuer.Storage.Records;
using static Issuer.Storage.Predicates;

namespace Issuer.Storage.Identity;

sealed class IdentityStore(Database database, IdLeases ids) : IIdentityStore
{
    /// <summary>Mostly there is none, and a look takes no writer's place.</summary>
    public async Task EndWaitsAsync(DateTimeOffset now, CancellationToken cancel)
    {
        var due = new { now = now.ToUnixTimeSeconds() };
        if (await database.ReadAsync(
            connection => connection.ExecuteScalarAsync<long?>(
                "select answer_from from record where answer_from <= @now limit 1", due),
            cancel) is not null)
        {
            await database.WriteAsync(
                session => session.ExecuteAsync(
                    "update record set answer_from = null where answer_from <= @now", due),
                cancel);
        }
    }

    public Task<IReadOnlyList<StoredRecord>> ClaimPendingAsync(long after, int limit, CancellationToken cancel) =>
        database.ReadAsync<IReadOnlyList<StoredRecord>>(
            async connection =>
            {
                var rows = await connection.QueryAsync<RecordColumns>(
                    $"select {RecordColumns.All} from record where {WaitsForMatch("record")} and id > @after "
                        + "order by id limit @limit",
                    new { after, limit });
                return [.. rows.Select(row => row.ToRecord())];
            },
            cancel);

    public Task<long> NewSubjectIdsAsync(int count, CancellationToken cancel) =>
        ids.TakeAsync("subject", count, cancel);

    public Task<T> DecideAsync<T>(Func<IIdentityTransaction, Task<T>> decide, CancellationToken cancel) =>
        database.WriteAsync(session => decide(new IdentityTransaction(session)), cancel);
}
