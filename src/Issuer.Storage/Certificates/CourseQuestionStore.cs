using System.Data.Common;
using Dapper;
using Issuer.Core;
using Issuer.Core.Certificates;
using Issuer.Core.Identity;
using Issuer.Storage.Records;
using static Issuer.Storage.Predicates;

namespace Issuer.Storage.Certificates;

sealed class CourseQuestionStore(Database database) : ICourseQuestionStore
{
    public Task<IReadOnlyList<OpenQuestion>> PageAsync(
        WorklistScope own, WorklistScope wanted, long after, int limit, CancellationToken cancel)
    {
        var parameters = new DynamicParameters(new { after, limit });
        var where = new List<string> { $"q.record_id > @after and {IsGiven("r")}" };
        foreach (var (scope, prefix) in new[] { (own, "own"), (wanted, "wanted") })
        {
            Narrow(scope, prefix, where, parameters);
        }
        return database.ReadAsync<IReadOnlyList<OpenQuestion>>(
            async connection => [.. (await QueryAsync(
                connection, $"{string.Join(" and ", where)} order by q.record_id limit @limit", parameters))
                .Select(of => of.Question)],
            cancel);
    }

    /// <param name="which">The rest of a <c>where</c> on question q, and its doses r and o.</param>
    internal static async Task<IEnumerable<(long SubjectId, OpenQuestion Question)>> QueryAsync(
        DbConnection connection, string which, object values) =>
        (await connection.QueryAsync<QuestionColumns>(
            $"""
            select q.subject_id, q.reason, q.missing, q.asked_at, q.is_warning,
                r.id, r.version, r.facility, f.province, r.reference, r.product, r.dose_number, r.vaccinated_on,
                o.id as other_id, o.version as other_version, o.facility as other_facility,
                g.province as other_province, o.reference as other_reference, o.product as other_product,
                o.dose_number as other_number, o.vaccinated_on as other_on
            from course_question q
            join record r on r.id = q.record_id
            join facility f on f.code = r.facility
            left join record o on o.id = q.other_id
            left join facility g on g.code = o.facility
            where {which}
            """,
            values)).Select(row => (row.SubjectId, row.ToQuestion()));

    /// <summary>Most people have no question, and had none: that is told without a write.</summary>
    internal static async Task StoreAsync(
        Database database, IReadOnlyCollection<AskedSubject> decided, Act act, CancellationToken cancel)
    {
        var ids = decided.Select(d => d.Id).ToArray();
        if (decided.All(d => d.Questions.Count == 0) && !await database.ReadAsync(
            async connection => (await connection.QueryAsync<long>(
                $"select record_id from course_question where subject_id {database.OneOf("ids")} limit 1",
                new { ids })).Any(),
            cancel))
        {
            return;
        }
        await database.WriteAsync(
            async session =>
            {
                await StoreAsync(session, decided, act);
                return decided.Count;
            },
            cancel);
    }

    static async Task StoreAsync(WriteSession session, IReadOnlyCollection<AskedSubject> decided, Act act)
    {
        var subjects = decided.Select(d => d.Id).ToArray();
        var asked = decided.SelectMany(d => d.Questions.Select(q => new
        {
            recordId = q.Records[^1], reason = (long)q.Reason, subjectId = d.Id,
            otherId = q.Records.Count > 1 ? q.Records[0] : (long?)null, missing = (long?)q.Missing,
            isWarning = q.IsWarning ? 1L : 0L, askedAt = act.At.ToUnixTimeSeconds(),
        })).ToList();
        var stillAsked = asked.ToDictionary(q => q.recordId, q => (q.reason, q.otherId, q.missing, q.isWarning));
        var over = (await session.QueryAsync<StandingColumns>(
            $"select {ColumnList.Of<StandingColumns>()} from course_question "
                + $"where subject_id {session.OneOf("subjects")}",
            new { subjects }))
            .Where(q => !stillAsked.TryGetValue(q.RecordId, out var now)
                || now != (q.Reason, q.OtherId, q.Missing, q.IsWarning));
        await session.ExecuteManyAsync(
            "delete from course_question where record_id = @RecordId", over.Select(q => new { q.RecordId }));
        await session.InsertAsync(
            "course_question", asked,
            "on conflict (record_id) do update set subject_id = excluded.subject_id, reason = excluded.reason, "
                + "other_id = excluded.other_id, missing = excluded.missing, is_warning = excluded.is_warning");
    }

    void Narrow(WorklistScope scope, string prefix, List<string> where, DynamicParameters parameters)
    {
        if (scope.Facility is { } facility)
        {
            where.Add($"(r.facility = @{prefix}Facility or o.facility = @{prefix}Facility)");
            parameters.Add($"{prefix}Facility", facility);
        }
        if (scope.Commune is { } commune)
        {
            where.Add($"(f.commune = @{prefix}Commune or g.commune = @{prefix}Commune)");
            parameters.Add($"{prefix}Commune", commune);
        }
        if (scope.Provinces is { } provinces)
        {
            var codes = database.OneOf($"{prefix}Provinces");
            where.Add($"(f.province {codes} or g.province {codes})");
            parameters.Add($"{prefix}Provinces", provinces.ToArray());
        }
    }

    sealed record StandingColumns(long RecordId, long Reason, long? OtherId, long? Missing, long IsWarning);

    sealed record QuestionColumns(
        long SubjectId, long Reason, long? Missing, long AskedAt, long IsWarning, long Id, long Version,
        string Facility, string? Province,
        string Reference, string Product, long? DoseNumber, string VaccinatedOn, long? OtherId, long? OtherVersion,
        string? OtherFacility, string? OtherProvince, string? OtherReference, string? OtherProduct, long? OtherNumber,
        string? OtherOn)
    {
        public OpenQuestion ToQuestion() => new(
            (DecisionReason)Reason,
            new AskedDose(Id, Version, Facility, Province, Reference, Product, (int?)DoseNumber,
                RecordColumns.DayOf(VaccinatedOn)),
            OtherId is { } other
                ? new AskedDose(
                    other, OtherVersion!.Value, OtherFacility!, OtherProvince, OtherReference!, OtherProduct!,
                    (int?)OtherNumber, RecordColumns.DayOf(OtherOn!))
                : null,
            (int?)Missing, DateTimeOffset.FromUnixTimeSeconds(AskedAt), IsWarning == 1);
    }
}
