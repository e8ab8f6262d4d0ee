using Issuer.Core;
using Issuer.Core.Holds;
using Issuer.Core.Identity;
using Issuer.Storage.Records;
using static Issuer.Storage.Predicates;

namespace Issuer.Storage.Identity;

/// <summary>Records whose answer is beyond a budget of the registry's.</summary>
public sealed class AwaitedAnswers(Database database) : ITransactions<IReleaseTransaction>
{
    public Task<T> DecideAsync<T>(Func<IReleaseTransaction, Task<T>> decide, CancellationToken cancel) =>
        database.WriteAsync(session => decide(new Transaction(session)), cancel);

    sealed class Transaction(WriteSession session) : IReleaseTransaction
    {
        public async Task<AwaitedAnswer?> FindAsync(WorklistScope scope, long record) =>
            (await session.QueryAsync<StandingColumns, RecordColumns, (bool Waits, RecordColumns Record)?>(
                $"""
                select r.answer_from, {RecordColumns.All.In("r")}
                from record r join facility f on f.code = r.facility
                where r.id = @record and {IsGiven("r")}
                  and {ScopeSql.Narrow(scope, session.OneOf("ownProvinces"))}
                """,
                (standing, found) => (standing.AnswerFrom is not null, found),
                ScopeSql.Parameters(scope, new { record }), splitOn: "id")).SingleOrDefault() is var (waits, stored)
                ? new AwaitedAnswer(
                    stored.ToRecord(), await session.QueryAsync<string>(RecordColumns.EnteredBy, new { record }), waits)
                : null;

        public async Task ReleaseAsync(long record, IReadOnlyCollection<Claim> claims, DateTimeOffset at)
        {
            await session.ExecuteAsync("update record set answer_from = null where id = @record", new { record });
            await ClaimRows.ReleaseAsync(session, claims, at);
        }

        public Task<long> CountUseAsync(string name, DateOnly day) => new DailyUse(session).CountUseAsync(name, day);

        public Task AuditAsync(Act act, string what, IReadOnlyCollection<long> objects) =>
            AuditRows.AddAsync(session, act, what, objects);

        public Task AuditAsync(Act act, string what) => AuditRows.AddAsync(session, act, [what]);
    }

    sealed record StandingColumns(long? AnswerFrom);
}
