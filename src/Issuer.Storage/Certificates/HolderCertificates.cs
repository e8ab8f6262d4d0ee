using System.Data.Common;
using System.Runtime.CompilerServices;
using Dapper;
using Issuer.Core;
using Issuer.Core.Certificates;
using Issuer.Core.Records;
using Issuer.Hcert;
using Issuer.Storage.Records;
using Issuer.Storage.Revocation;
using static Issuer.Storage.Predicates;

namespace Issuer.Storage.Certificates;

/// <summary>Completed certificates as their holders and the operator read them (step 10).</summary>
public sealed class HolderCertificates
{
    internal const string Columns =
        "c.slot, c.random, c.lineage_id, c.predecessor, c.cause, c.kid, c.issued_at, c.expires_at, c.to_be_signed, "
        + "c.signature, l.current_slot, v.reason, v.effective_at, v.suspended_until, w.kid as withdrawn_kid";

    readonly Database database;
    readonly GroupedWork<string, IReadOnlyList<IssuedCertificate>> lists;
    readonly GroupedWork<string, (IReadOnlyList<IssuedCertificate>, IReadOnlyList<StoredRecord>)> details;

    public HolderCertificates(Database database)
    {
        this.database = database;
        // While the database looks up one group, another is being read.
        lists = new(OfDocumentsAsync, HolderStatements.Most, Environment.ProcessorCount);
        details = new(WithDosesAsync, HolderStatements.Most, Environment.ProcessorCount);
    }

    /// <summary>All of a person's certificates, newest first; empty when nobody has this document.</summary>
    public Task<IReadOnlyList<IssuedCertificate>> OfDocumentAsync(string document, CancellationToken cancel) =>
        lists.AddAsync(document).WaitAsync(cancel);

    /// <summary>
    /// The same with the person's doses as the human-readable form shows them: all, not only the certified one.
    /// </summary>
    public Task<(IReadOnlyList<IssuedCertificate> Certificates, IReadOnlyList<StoredRecord> Doses)> WithDosesAsync(
        string document, CancellationToken cancel) =>
        details.AddAsync(document).WaitAsync(cancel);

    Task<IReadOnlyList<IReadOnlyList<IssuedCertificate>>> OfDocumentsAsync(IReadOnlyList<string> documents) =>
        database.ReadAsync<IReadOnlyList<IReadOnlyList<IssuedCertificate>>>(
            async connection =>
            {
                var statements = HolderStatements.For(documents);
                var rows = await connection.QueryAsync<string, IssuedColumns, (string Document, IssuedColumns Row)>(
                    statements.Certificates, (document, row) => (document, row), statements.Parameters(documents),
                    splitOn: "slot");
                var certificates = rows.ToLookup(of => of.Document, of => of.Row.ToCertificate());
                return [.. documents.Select(document => certificates[document].ToList())];
            },
            CancellationToken.None);

    Task<IReadOnlyList<(IReadOnlyList<IssuedCertificate>, IReadOnlyList<StoredRecord>)>> WithDosesAsync(
        IReadOnlyList<string> documents) =>
        database.ReadAsync<IReadOnlyList<(IReadOnlyList<IssuedCertificate>, IReadOnlyList<StoredRecord>)>>(
            async connection =>
            {
                var statements = HolderStatements.For(documents);
                // One way there and back.
                await using var answers = await connection.QueryMultipleAsync(
                    statements.CertificatesAndDoses, statements.Parameters(documents));
                var certificates = answers
                    .Read<string, IssuedColumns, (string Document, IssuedColumns Row)>(
                        (document, row) => (document, row), "slot")
                    .ToLookup(of => of.Document, of => of.Row.ToCertificate());
                var doses = answers
                    .Read<string, RecordColumns, (string Document, RecordColumns Row)>(
                        (document, row) => (document, row), "id")
                    .ToLookup(of => of.Document, of => of.Row.ToRecord());
                return [.. documents.Select(document => (
                    (IReadOnlyList<IssuedCertificate>)certificates[document].ToList(),
                    (IReadOnlyList<StoredRecord>)doses[document].ToList()))];
            },
            CancellationToken.None);

    /// <summary>
    /// The current certificate of the person whose dose this facility entered and signed for, and who entered any
    /// version of that. Null: there is none.
    /// </summary>
    public Task<(IssuedCertificate Certificate, IReadOnlyCollection<string> EnteredBy)?> OfRecordAsync(
        string facility, long record, CancellationToken cancel) =>
        database.ReadAsync<(IssuedCertificate, IReadOnlyCollection<string>)?>(
            async connection => await connection.QuerySingleOrDefaultAsync<IssuedColumns>(
                $"""
                select {Columns}
                from record r
                join lineage l on l.subject_id = r.subject_id and {IsOpen("l")}
                join certificate c on c.slot = l.current_slot
                {JoinStanding}
                where r.id = @record and r.facility = @facility and {IsGiven("r")} and {IsSignedFor("r")}
                  and {IsCompleted("c")}
                """,
                new { facility, record }) is { } found
                ? (found.ToCertificate(),
                    [.. await connection.QueryAsync<string>(RecordColumns.EnteredBy, new { record })])
                : null,
            cancel);

    /// <summary>Who was given which certificate, for the audit trail.</summary>
    public Task AddFetchesAsync(IReadOnlyList<(Act Act, Slot Slot)> fetches, CancellationToken cancel) =>
        database.WriteAsync(
            async session =>
            {
                foreach (var of in fetches.GroupBy(fetch => fetch.Act, fetch => fetch.Slot.Value))
                {
                    await AuditRows.AddAsync(session, of.Key, "certificate-fetched", of);
                }
            },
            cancel);

    public async Task<string> UvciOfAsync(Slot slot, CancellationToken cancel) =>
        Uvci.Mint(slot, await database.ReadAsync(
        connection => connection.QuerySingleAsync<byte[]>(
            "select random from certificate where slot = @slot", new { slot = slot.Value }),
        cancel)).ToString();

    /// <summary>Every certificate there is, by slot, without holding them all.</summary>
    public async IAsyncEnumerable<IssuedCertificate> AllAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        const int page = 2000;
        long after = -1;
        while (true)
        {
            var rows = await database.ReadAsync(connection => PageAsync(connection, after, page), cancel);
            foreach (var row in rows)
            {
                yield return row.ToCertificate();
            }
            if (rows.Count < page)
            {
                yield break;
            }
            after = rows[^1].Slot;
        }
    }

    static async Task<List<IssuedColumns>> PageAsync(DbConnection connection, long after, int limit) =>
        (await connection.QueryAsync<IssuedColumns>(
            $"""
            select {Columns} from certificate c join lineage l on l.id = c.lineage_id {JoinStanding}
            where c.slot > @after and {IsCompleted("c")} order by c.slot limit @limit
            """,
            new { after, limit })).AsList();

    /// <summary>By record, those of its person that were issued since the record was signed for.</summary>
    internal static async Task<ILookup<long, IssuedCertificate>> SinceSignedAsync(
        DbConnection connection, string oneOfRecords, long[] records) => records.Length == 0
            ? Enumerable.Empty<IssuedCertificate>().ToLookup(_ => 0L)
            : (await connection.QueryAsync<long, IssuedColumns, (long Record, IssuedCertificate Certificate)>(
                $"""
                select distinct r.id, {Columns}
                from record r
                join attestation a on a.record_id = r.id
                join lineage l on l.subject_id = r.subject_id
                join certificate c on c.lineage_id = l.id and c.issued_at >= a.signed_at and {IsCompleted("c")}
                {JoinStanding}
                where r.id {oneOfRecords} order by c.issued_at, c.slot
                """,
                (record, row) => (record, row.ToCertificate()), new { records }, splitOn: "slot"))
                .ToLookup(of => of.Record, of => of.Certificate);

    sealed record IssuedColumns(
        long Slot, byte[] Random, long LineageId, long? Predecessor, long? Cause, string Kid, long IssuedAt,
        long ExpiresAt, byte[] ToBeSigned, byte[] Signature, long? CurrentSlot,
        long? Reason, long? EffectiveAt, long? SuspendedUntil, string? WithdrawnKid)
    {
        public IssuedCertificate ToCertificate() => new(
            new Slot(Slot), LineageId, Predecessor is { } before ? new Slot(before) : null, (SuccessionCause?)Cause,
            Kid, DateTimeOffset.FromUnixTimeSeconds(IssuedAt), DateTimeOffset.FromUnixTimeSeconds(ExpiresAt),
            CurrentSlot == Slot, Uvci.Mint(new Slot(Slot), Random).ToString(), ToBeSigned, Signature)
        {
            Revocation = Reason is null ? null : RevocationColumns.Of(Reason.Value, EffectiveAt!.Value, SuspendedUntil),
            IsKeyWithdrawn = WithdrawnKid is not null,
        };
    }
}
