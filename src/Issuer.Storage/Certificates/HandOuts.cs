using Dapper;
using Issuer.Core;
using Issuer.Core.Certificates;

namespace Issuer.Storage.Certificates;

/// <summary>Codes that facilities gave to people at their counter.</summary>
public sealed class HandOuts(Database database) : ITransactions<IHandOutTransaction>
{
    public Task<T> DecideAsync<T>(Func<IHandOutTransaction, Task<T>> decide, CancellationToken cancel) =>
        database.WriteAsync(session => decide(new Transaction(session)), cancel);

    /// <summary>Of all codes of the person who has this document, newest first.</summary>
    public Task<IReadOnlyList<HandedOut>> OfDocumentAsync(string document, int limit, CancellationToken cancel) =>
        database.ReadAsync<IReadOnlyList<HandedOut>>(
            async connection => [.. (await connection.QueryAsync<Columns>(
                """
                select h.facility, h.tried_at
                from identity_document d
                join lineage l on l.subject_id = d.subject_id
                join certificate c on c.lineage_id = l.id
                join hand_out h on h.slot = c.slot
                where d.document = @document
                order by h.tried_at desc limit @limit
                """,
                new { document, limit })).Select(row => row.ToHandedOut())],
            cancel);

    sealed class Transaction(WriteSession session) : IHandOutTransaction
    {
        public async Task<HandOutTries> TriesAsync(
            string facility, byte[] document, string clerk, DateTimeOffset since, DateTimeOffset today,
            DateTimeOffset now)
        {
            // Everybody of the facility at once has to pass its row.
            await session.ExecuteAsync("update facility set name = name where code = @facility", new { facility });
            return (await session.QueryAsync<HandOutTries>(
                """
                select
                    (select count(*) from hand_out where facility = @facility and document = @document
                        and tried_at > @since and slot is null) as wrong,
                    (select count(*) from hand_out where tried_by = @clerk and tried_at >= @today) as by_clerk,
                    (select per_clerk_and_day from hand_out_allowance where facility = @facility and until > @now)
                        as allowed
                """,
                new
                {
                    facility, document, clerk, since = since.ToUnixTimeSeconds(), today = today.ToUnixTimeSeconds(),
                    now = now.ToUnixTimeSeconds(),
                })).Single();
        }

        public Task AddAsync(string facility, byte[] document, long? slot, string clerk, DateTimeOffset at) =>
            session.InsertOneAsync(
                "hand_out", new { facility, document, slot, triedBy = clerk, triedAt = at.ToUnixTimeSeconds() });

        public Task AuditAsync(Act act, string what, IReadOnlyCollection<long> objects) =>
            AuditRows.AddAsync(session, act, what, objects);

        public Task AuditAsync(Act act, string what) => AuditRows.AddAsync(session, act, [what]);
    }

    sealed record Columns(string Facility, long TriedAt)
    {
        public HandedOut ToHandedOut() => new(Facility, DateTimeOffset.FromUnixTimeSeconds(TriedAt));
    }
}
