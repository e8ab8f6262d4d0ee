using Dapper;
using Issuer.Core.Certificates;
using Issuer.Storage;

namespace Issuer.Benchmarks.Planted;

/// <summary>A certificate and whose it is, read past every store of a feature.</summary>
/// <param name="LastDose">What its last dose's day is, as it says itself.</param>
/// <param name="StandsAgainst">A revocation or suspension stands.</param>
sealed record SeenCertificate(long Subject, DateOnly LastDose, bool StandsAgainst);

/// <summary>A store after, or while, acts are replayed in it.</summary>
sealed class PlantedLook(Database database)
{
    /// <summary>Records that are kept from being certified: held, or asked about with their dose left out.</summary>
    public Task<IReadOnlyList<long>> StoppedAsync(CancellationToken cancel) => IdsAsync(
        """
        select id from record where held <> 0 and withdrawn = 0
        union select record_id from course_question where is_warning = 0
        """,
        cancel);

    public Task<IReadOnlyList<long>> HeldAsync(CancellationToken cancel) =>
        IdsAsync("select id from record where held <> 0 and withdrawn = 0", cancel);

    public Task<IReadOnlyDictionary<long, long>> SubjectsAsync(CancellationToken cancel) => database.ReadAsync(
        async connection => (IReadOnlyDictionary<long, long>)(await connection.QueryAsync<(long Id, long Subject)>(
            "select id, subject_id from record where subject_id is not null"))
            .ToDictionary(row => row.Id, row => row.Subject),
        cancel);

    public Task<IReadOnlyList<SeenCertificate>> CertificatesAsync(CancellationToken cancel) => database.ReadAsync(
        async connection => (IReadOnlyList<SeenCertificate>)[.. (await connection
            .QueryAsync<(long Subject, byte[] Bytes, byte[] Signature, long Against)>(
                """
                select l.subject_id, c.to_be_signed, c.signature, (select count(*) from revocation v
                    where v.slot = c.slot and v.undone_at is null)
                from certificate c join lineage l on l.id = c.lineage_id where c.signature is not null
                """))
            .Select(row => new SeenCertificate(
                row.Subject, LastDoseOf(row.Bytes, row.Signature), row.Against > 0))],
        cancel);

    Task<IReadOnlyList<long>> IdsAsync(string sql, CancellationToken cancel) => database.ReadAsync(
        async connection => (IReadOnlyList<long>)(await connection.QueryAsync<long>(sql)).AsList(), cancel);

    static DateOnly LastDoseOf(byte[] toBeSigned, byte[] signature) =>
        new IssuedCertificate(
            default, 0, null, null, "", default, default, true, "", toBeSigned, signature).Read().Entry.Date;
}
