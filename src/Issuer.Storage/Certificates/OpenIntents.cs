using Dapper;
using Issuer.Core.Certificates;

namespace Issuer.Storage.Certificates;

/// <summary>
/// Intents without a signature. One stands while its person is as it was decided on and its predecessor is current.
/// </summary>
static class OpenIntents
{
    /// <param name="which">Of the open intents; the rest of a <c>where</c>, and how many.</param>
    public static Task<IReadOnlyList<(PreparedCertificate Intent, bool Stands)>> ReadAsync(
        Database database, string which, object parameters, CancellationToken cancel) =>
        database.ReadAsync<IReadOnlyList<(PreparedCertificate, bool)>>(
            async connection => [.. (await connection.QueryAsync<CertificateColumns>(
                $"""
                select {CertificateColumns.Intent}, l.subject_id, s.revision as revision_now, l.is_open,
                    l.current_slot
                from certificate c join lineage l on l.id = c.lineage_id join subject s on s.id = l.subject_id
                where c.signature is null and c.abandoned = 0 and {which}
                """,
                parameters)).Select(row => (row.ToIntent(), row.Stands))],
            cancel);
}
