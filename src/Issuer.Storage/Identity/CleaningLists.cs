using Dapper;
using Issuer.Core;
using Issuer.Core.Identity;
using static Issuer.Storage.Predicates;

namespace Issuer.Storage.Identity;

/// <summary>What facilities have to clean, as their provinces opened it.</summary>
public sealed class CleaningLists(Database database) : ITransactions<ICleaningTransaction>
{
    static readonly string Select = $"select {ColumnList.Of<Columns>().In("l")} from cleaning_list l";

    public Task<T> DecideAsync<T>(Func<ICleaningTransaction, Task<T>> decide, CancellationToken cancel) =>
        database.WriteAsync(session => decide(new Transaction(session)), cancel);

    /// <summary>By id, from the one after <paramref name="after"/> on.</summary>
    public Task<IReadOnlyList<CleaningList>> PageAsync(
        WorklistScope scope, long after, int limit, CancellationToken cancel) =>
        database.ReadAsync<IReadOnlyList<CleaningList>>(
            async connection => [.. (await connection.QueryAsync<Columns>(
                $"""
                {Select} join facility f on f.code = l.facility
                where l.id > @after and {ScopeSql.Narrow(scope, database.OneOf("ownProvinces"))}
                order by l.id limit @limit
                """,
                ScopeSql.Parameters(scope, new { after, limit }))).Select(row => row.ToList())],
            cancel);

    sealed class Transaction(WriteSession session) : ICleaningTransaction
    {
        public async Task<long?> CountWaitingAsync(WorklistScope scope, string facility)
        {
            // Everybody of the facility at once has to pass its row.
            await session.ExecuteAsync("update facility set name = name where code = @facility", new { facility });
            return (await session.QueryAsync<long?>(
                $"""
                select (select count(*) from record r where r.facility = f.code and {WaitsForCorrection("r")})
                from facility f
                where f.code = @facility and {ScopeSql.Narrow(scope, session.OneOf("ownProvinces"))}
                """,
                ScopeSql.Parameters(scope, new { facility }))).SingleOrDefault();
        }

        public async Task<CleaningList?> FindOpenAsync(string facility, DateTimeOffset now) =>
            (await session.QueryAsync<Columns>(
                $"{Select} where l.facility = @facility and {IsToBeDrawnOn("l")}",
                new { facility, now = now.ToUnixTimeSeconds() })).SingleOrDefault()?.ToList();

        public async Task<CleaningList> AddAsync(string facility, long size, DateTimeOffset ends, Act act) =>
            (await session.QueryAsync<Columns>(
                $"""
                insert into cleaning_list (facility, size, used, opened_by, opened_at, ends_at)
                values (@facility, @size, 0, @by, @at, @ends) returning {ColumnList.Of<Columns>()}
                """,
                new
                {
                    facility, size, by = act.Actor, at = act.At.ToUnixTimeSeconds(), ends = ends.ToUnixTimeSeconds(),
                })).Single().ToList();

        public Task AuditAsync(Act act, string what, IReadOnlyCollection<long> objects) =>
            AuditRows.AddAsync(session, act, what, objects);

        public Task AuditAsync(Act act, string what) => AuditRows.AddAsync(session, act, [what]);
    }

    sealed record Columns(
        long Id, string Facility, long Size, long Used, string OpenedBy, long OpenedAt, long EndsAt)
    {
        public CleaningList ToList() => new(
            Id, Facility, Size, Used, OpenedBy, DateTimeOffset.FromUnixTimeSeconds(OpenedAt),
            DateTimeOffset.FromUnixTimeSeconds(EndsAt));
    }
}
