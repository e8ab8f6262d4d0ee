using Issuer.Core;
using Issuer.Core.Certificates;
using Issuer.Core.Records;
using Issuer.Storage.Identity;
using Issuer.Storage.Records;
using static Issuer.Storage.Predicates;

namespace Issuer.Storage.Certificates;

/// <summary>Unlikely doses that somebody confirmed.</summary>
public sealed class ConfirmedDoses(Database database) : ITransactions<IConfirmationTransaction>
{
    public Task<T> DecideAsync<T>(Func<IConfirmationTransaction, Task<T>> decide, CancellationToken cancel) =>
        database.WriteAsync(session => decide(new Transaction(session)), cancel);

    sealed class Transaction(WriteSession session) : IConfirmationTransaction
    {
        public async Task<DoseToConfirm?> FindAsync(RecordScope scope, long record) =>
            (await session.QueryAsync<Columns>(
                $"""
                select r.version, q.reason, d.version as confirmed_version
                from record r
                join facility f on f.code = r.facility
                left join confirmed_dose d on d.record_id = r.id and d.version = r.version
                left join course_question q on q.record_id = r.id
                where r.id = @record and {CountsAsDose("r")}
                  and (@Facility is null or f.code = @Facility) and (@Province is null or f.province = @Province)
                """,
                new { record, scope.Facility, scope.Province })).SingleOrDefault()?.ToDose(
                await session.QueryAsync<string>(RecordColumns.EnteredBy, new { record }));

        public async Task ConfirmAsync(long record, long version, Act act)
        {
            await session.InsertAsync(
                "confirmed_dose",
                [new { recordId = record, version, confirmedBy = act.Actor, confirmedAt = act.At.ToUnixTimeSeconds() }],
                "on conflict (record_id) do update set version = excluded.version, "
                    + "confirmed_by = excluded.confirmed_by, confirmed_at = excluded.confirmed_at");
            await SubjectRows.TouchAsync(session, await session.QueryAsync<long>(
                $"select subject_id from record where id = @record and {HasSubject("record")}", new { record }));
        }

        public Task AuditAsync(Act act, string what, IReadOnlyCollection<long> objects) =>
            AuditRows.AddAsync(session, act, what, objects);

        public Task AuditAsync(Act act, string what) => AuditRows.AddAsync(session, act, [what]);
    }

    sealed record Columns(long Version, long? Reason, long? ConfirmedVersion)
    {
        public DoseToConfirm ToDose(IReadOnlyCollection<string> enteredBy) => new(
            Version, enteredBy, (DecisionReason?)Reason, ConfirmedVersion is not null);
    }
}
