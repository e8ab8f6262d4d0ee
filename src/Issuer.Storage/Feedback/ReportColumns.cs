using System.Data.Common;
using Dapper;
using Issuer.Core.Feedback;
using Issuer.Core.Records;
using Issuer.Storage.Records;
using static Issuer.Storage.Predicates;

namespace Issuer.Storage.Feedback;

/// <summary>A row of <c>report</c> with its facility's province, as both engines return it.</summary>
sealed record ReportColumns(
    long Id, long Version, string Filer, string Document, long Kind, string NamedFacility, string FullName,
    string DateOfBirth, string Product, string Lot, string? VaccinatedOn, string Evidence, string Words,
    string Facility, string? Province, long? RecordId, long FiledAt, long DueAt, long State, string? Reason,
    string? Note, long? AnsweredRecord, long? AnsweredAt)
{
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
    static readonly string Certified =
        $"""
        select r.id, min(c.issued_at) from report r
        join record d on d.id = r.answered_record
        join lineage l on l.subject_id = d.subject_id and {IsOpen("l")}
        join certificate c on c.lineage_id = l.id and {IsCompleted("c")} and c.issued_at >= r.answered_at
        where r.id
        """;

    public static Task InsertAsync(WriteSession session, long id, NewReport report, DateTimeOffset at)
    {
        var claim = report.Claim;
        return session.InsertOneAsync("report", new
        {
            id, version = 1L, filer = report.Filer.Key, report.Filer.Document,
            digest = claim.DigestOf(report.Filer.Document), kind = (long)claim.Kind, namedFacility = claim.Facility,
            claim.FullName, dateOfBirth = claim.DateOfBirth.ToString(), claim.Product, claim.Lot,
            vaccinatedOn = claim.VaccinatedOn is { } day ? RecordColumns.TextOf(day) : null, claim.Evidence,
            claim.Words, report.Route.Facility, report.Route.RecordId, filedAt = at.ToUnixTimeSeconds(),
            dueAt = report.DueAt.ToUnixTimeSeconds(), state = (long)ReportState.Open,
        });
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
