using System.Data.Common;
using Dapper;
using Issuer.Core;
using Issuer.Core.Identity;
using Issuer.Core.Records;
using Issuer.Storage.Records;
using static Issuer.Storage.Predicates;

namespace Issuer.Storage.Identity;

sealed class WorklistStore(Database database) : IWorklistStore
{
    static readonly string Select =
        $"""
        select r.state, r.differs, r.suggestion, f.commune, f.province, r.entered_at,
            s.family_name as new_family_name, s.given_name as new_given_name, s.date_of_birth as new_date_of_birth,
            s.identity_type as new_identity_type, s.identity_number as new_identity_number,
            {RecordColumns.All.In("r")}
        from record r
        join facility f on f.code = r.facility
        left join suggestion s on s.record_id = r.id and s.record_version = r.version
        """;

    public Task<IReadOnlyList<WorklistItem>> PageAsync(
        WorklistQuery query, long after, int limit, CancellationToken cancel)
    {
        var state = query.Group is { } group ? (long?)group.StateOf() : null;
        return PageAsync(
            query, [WaitsForCorrection("r"), .. state is null ? Array.Empty<string>() : ["r.state = @state"]],
            new DynamicParameters(new { after, limit, state }), cancel);
    }

    public Task<IReadOnlyList<WorklistItem>> CourseAsync(
        WorklistQuery query, long after, int limit, CancellationToken cancel) => PageAsync(
            query,
            [
                CountsAsDose("r"),
                $"exists (select 1 from subject p where p.id = r.subject_id and {IsRefused("p")})",
                $"""
                not exists (select 1 from record later where later.subject_id = r.subject_id and {CountsAsDose("later")}
                    and (later.vaccinated_on, later.id) > (r.vaccinated_on, r.id))
                """,
            ],
            new DynamicParameters(new { after, limit }), cancel);

    Task<IReadOnlyList<WorklistItem>> PageAsync(
        WorklistQuery query, List<string> where, DynamicParameters parameters, CancellationToken cancel)
    {
        where.Add("r.id > @after");
        Narrow(query.Own, "own", where, parameters);
        Narrow(query.Wanted, "wanted", where, parameters);
        return database.ReadAsync(
            connection => ItemsAsync(
                connection, $"{Select} where {string.Join(" and ", where)} order by r.id limit @limit", parameters),
            cancel);
    }

    public Task<IReadOnlyList<WorklistItem>> FindAsync(
        WorklistScope own, IReadOnlyCollection<long> ids, CancellationToken cancel)
    {
        var parameters = new DynamicParameters(new { ids = ids.ToArray() });
        var where = new List<string> { $"r.id {database.OneOf("ids")}" };
        Narrow(own, "own", where, parameters);
        return ids.Count == 0
            ? Task.FromResult<IReadOnlyList<WorklistItem>>([])
            : database.ReadAsync(
                connection => ItemsAsync(connection, $"{Select} where {string.Join(" and ", where)}", parameters),
                cancel);
    }

    public Task<IReadOnlyList<long>> MatchAgainAsync(
        IReadOnlyCollection<StoredRecord> records, Act act, CancellationToken cancel) =>
        database.WriteAsync<IReadOnlyList<long>>(
            async session =>
            {
                var touched = await session.ExecuteManyAsync(
                    $"""
                    update record set {MatchAgain}
                    where id = @Id and version = @Version and {WaitsForCorrection("record")}
                    """,
                    records.Select(r => new { r.Id, r.Version }));
                var again = records.Zip(touched).Where(pair => pair.Second == 1).Select(pair => pair.First).ToList();
                await CorrectionRows.AddAsync(
                    session, act, CorrectionRows.RegistryCorrected, again.Select(r => (r.Id, r.Version)));
                await AuditRows.AddAsync(session, act, "record-matched-again", again.Select(r => r.Id));
                return again.ConvertAll(r => r.Id);
            },
            cancel);

    void Narrow(WorklistScope scope, string prefix, List<string> where, DynamicParameters parameters)
    {
        if (scope.Facility is { } facility)
        {
            where.Add($"r.facility = @{prefix}Facility");
            parameters.Add($"{prefix}Facility", facility);
        }
        if (scope.Commune is { } commune)
        {
            where.Add($"f.commune = @{prefix}Commune");
            parameters.Add($"{prefix}Commune", commune);
        }
        if (scope.Provinces is { } provinces)
        {
            where.Add($"f.province {database.OneOf($"{prefix}Provinces")}");
            parameters.Add($"{prefix}Provinces", provinces.ToArray());
        }
    }

    static async Task<IReadOnlyList<WorklistItem>> ItemsAsync(
        DbConnection connection, string sql, DynamicParameters parameters) =>
        [.. await connection.QueryAsync<StandingColumns, RecordColumns, WorklistItem>(
            sql, (standing, record) => standing.ToItem(record.ToRecord()), parameters, splitOn: "id")];

    sealed record StandingColumns(
        long State, long Differs, string? Suggestion, string? Commune, string? Province, long EnteredAt,
        string? NewFamilyName,
        string? NewGivenName, string? NewDateOfBirth, long? NewIdentityType, string? NewIdentityNumber)
    {
        public WorklistItem ToItem(StoredRecord record) => new(
            record, (RecordState)State, (IdentityFields)Differs,
            Suggestion is null ? null : new Suggestion(Suggestion, Corrected(record.Record)), Commune, Province,
            DateTimeOffset.FromUnixTimeSeconds(EnteredAt));

        VaccinationRecord? Corrected(VaccinationRecord record) => NewIdentityNumber is null ? null : record with
        {
            FamilyName = NewFamilyName!,
            GivenName = NewGivenName!,
            DateOfBirth = PartialDate.Parse(NewDateOfBirth!),
            IdentityType = (IdentityType?)NewIdentityType,
            IdentityNumber = NewIdentityNumber,
        };
    }
}
