using Dapper;
using Issuer.Core.Certificates;
using static Issuer.Storage.Predicates;

namespace Issuer.Storage.Certificates;

/// <summary>Intents without a signature, each with what its person and its lineage are now.</summary>
static class OpenIntents
{
    /// <param name="which">Of the open intents; the rest of a <c>where</c>, and how many.</param>
    public static Task<IReadOnlyList<StoredIntent>> ReadAsync(
        Database database, string which, object parameters, CancellationToken cancel) =>
        database.ReadAsync<IReadOnlyList<StoredIntent>>(
            async connection => [.. (await connection.QueryAsync<CertificateColumns>(
                $"""
                select {CertificateColumns.Intent}, l.subject_id, s.revision as revision_now, l.is_open,
                    l.current_slot
                from certificate c join lineage l on l.id = c.lineage_id join subject s on s.id = l.subject_id
                where {IsIntent("c")} and {which}
                """,
                parameters)).Select(row => row.ToIntent())],
            cancel);
}
