using System.Data.Common;
using Dapper;
using Issuer.Core.Feedback;
using Issuer.Core.Records;
using Issuer.Storage.Records;

namespace Issuer.Storage.Feedback;

/// <summary>A row of <c>report</c> with its facility's province, as both engines return it.</summary>
sealed record ReportColumns(
    long Id, long Version, string Filer, string Document, long Kind, string NamedFacility, string FullName,
    string DateOfBirth, string Product, string Lot, string? VaccinatedOn, string Evidence, string Words,
    string Facility, string? Province, long? RecordId, long FiledAt, long DueAt, long State, string? Reason,
    string? Note, long? AnsweredRecord, long? AnsweredAt)
{
    public const string Insert =
        """
        insert into report (id, version, filer, document, digest, kind, named_facility, full_name, date_of_birth,
            product, lot, vaccinated_on, evidence, words, facility, record_id, filed_at, due_at, state)
        values (@p0, 1, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15, @p16, 0)
        """;

    public const string Select =
        """
        select r.id, r.version, r.filer, r.document, r.kind, r.named_facility, r.full_name, r.date_of_birth,
            r.product, r.lot, r.vaccinated_on, r.evidence, r.words, r.facility, f.province, r.record_id, r.filed_at,
            r.due_at, r.state, r.reason, r.note, r.answered_record, r.answered_at
        from report r join facility f on f.code = r.facility
        """;

    /// <summary>
    /// Certificates that followed: read apart, since a computed column has no type while there is no row.
    /// </summary>
    const string Certified =
        """
        select r.id, min(c.issued_at) from report r
        join record d on d.id = r.answered_record
        join lineage l on l.subject_id = d.subject_id and l.is_open = 1
        join certificate c on c.lineage_id = l.id and c.signature is not null and c.issued_at >= r.answered_at
        where r.id
        """;

    public static object?[] ValuesOf(long id, NewReport report, DateTimeOffset at)
    {
        var claim = report.Claim;
        return
        [
            id, report.Filer.Key, report.Filer.Document, claim.DigestOf(report.Filer.Document), (long)claim.Kind,
            claim.Facility, claim.FullName, claim.DateOfBirth.ToString(), claim.Product, claim.Lot,
            claim.VaccinatedOn is { } day ? RecordColumns.TextOf(day) : null, claim.Evidence, claim.Words,
            report.Route.Facility, report.Route.RecordId, at.ToUnixTimeSeconds(), report.DueAt.ToUnixTimeSeconds(),
        ];
    }

    public static async Task<IReadOnlyList<Report>> ReadAsync(
        Database database, DbConnection connection, string where, object parameters)
    {
        var rows = (await connection.QueryAsync<ReportColumns>($"{Select} where {where}", parameters)).AsList();
        var answered = rows.Where(row => row.AnsweredRecord is not null).Select(row => row.Id).ToArray();
        var certified = answered.Length == 0
            ? []
            : (await connection.QueryAsync<(long Id, long At)>(
                $"{Certified} {database.OneOf("answered")} group by r.id", new { answered }))
                .ToDictionary(row => row.Id, row => DateTimeOffset.FromUnixTimeSeconds(row.At));
        return rows.ConvertAll(row => row.ToReport(certified.TryGetValue(row.Id, out var at) ? at : null));
    }

    public Report ToReport(DateTimeOffset? certifiedAt) => new(
        Id, Version, Filer, Document,
        new ReportClaim(
            (ReportKind)Kind, NamedFacility, FullName, PartialDate.Parse(DateOfBirth), Product, Lot,
            VaccinatedOn is { } day ? RecordColumns.DayOf(day) : null, Evidence, Words),
        Facility, Province, RecordId, DateTimeOffset.FromUnixTimeSeconds(FiledAt),
        DateTimeOffset.FromUnixTimeSeconds(DueAt),
        (ReportState)State == ReportState.Open ? null : new ReportAnswer(Reason, Note ?? "", AnsweredRecord),
        AnsweredAt is { } at ? DateTimeOffset.FromUnixTimeSeconds(at) : null, certifiedAt);
}
