using System.Data.Common;
using Dapper;
using Issuer.Core.Certificates;
using Issuer.Core.Records;
using Issuer.Storage.Records;
using static Issuer.Storage.Predicates;

namespace Issuer.Storage.Certificates;

sealed class PersonsOnRecord(Database database) : IPersonsOnRecord
{
    /// <summary>Nobody has as many records that do not match.</summary>
    const int MostTyped = 200;

    static readonly string Select =
        $"""
        select r.subject_id, r.state, r.attested, r.relied_on, r.held, r.entered_at, r.answer_from, f.province,
            h.due_at as review_due_at,
            {RecordColumns.All.In("r")}
        from record r join facility f on f.code = r.facility
        left join hold h on {IsOpenHold("h")}
            and h.id = (select max(m.hold_id) from hold_record m where m.record_id = r.id)
        """;

    public async Task<PersonOnRecord?> FindAsync(string document, CancellationToken cancel) =>
        (await database.ReadAsync(
            connection => PersonsAsync(
                connection, "s.id = (select subject_id from identity_document where document = @document)",
                new { document }),
            cancel)).SingleOrDefault();

    public Task<IReadOnlyList<PersonOnRecord>> OfSubjectsAsync(
        IReadOnlyCollection<long> subjects, CancellationToken cancel) => subjects.Count == 0
            ? Task.FromResult<IReadOnlyList<PersonOnRecord>>([])
            : database.ReadAsync(
                connection => PersonsAsync(
                    connection, $"s.id {database.OneOf("ids")}", new { ids = subjects.ToArray() }),
                cancel);

    public Task<IReadOnlyList<(DoseOnRecord Dose, long? Subject)>> RecordsAsync(
        IReadOnlyCollection<long> records, CancellationToken cancel) =>
        database.ReadAsync<IReadOnlyList<(DoseOnRecord, long?)>>(
            async connection => [.. (await DosesAsync(
                connection, $"where r.id {database.OneOf("ids")} and {IsGiven("r")} order by r.id",
                new { ids = records.ToArray() })).Select(dose => (dose.Dose, dose.SubjectId))],
            cancel);

    public Task<IReadOnlyList<DoseOnRecord>> TypedUnderAsync(string number, CancellationToken cancel) =>
        database.ReadAsync<IReadOnlyList<DoseOnRecord>>(
            async connection => [.. (await DosesAsync(
                connection,
                $"""
                where r.identity_number = @number and r.identity_number <> '' and {WaitsForCorrection("r")}
                order by r.vaccinated_on, r.id limit {MostTyped}
                """,
                new { number })).Select(dose => dose.Dose)],
            cancel);

    async Task<IReadOnlyList<PersonOnRecord>> PersonsAsync(DbConnection connection, string which, object values)
    {
        var persons = (await connection.QueryAsync<PersonColumns>(
            $"select s.id, s.revision, s.decided, s.refusals from subject s where {which} order by s.id", values))
            .AsList();
        if (persons.Count == 0)
        {
            return [];
        }
        var ids = persons.Select(person => person.Id).ToArray();
        var doses = (await DosesAsync(
            connection,
            $"where r.subject_id {database.OneOf("ids")} and {CountsAsDose("r")} order by r.vaccinated_on, r.id",
            new { ids })).ToLookup(dose => dose.SubjectId!.Value, dose => dose.Dose);
        var questions = (await CourseQuestionStore.QueryAsync(
            connection, $"q.subject_id {database.OneOf("ids")} and {IsGiven("r")} order by q.record_id", new { ids }))
            .ToLookup(question => question.SubjectId, question => question.Question);
        return persons.ConvertAll(person => new PersonOnRecord(
            person.Id, person.Decided >= person.Revision, person.ToRefusals(), [.. doses[person.Id]],
            [.. questions[person.Id]]));
    }

    static Task<IEnumerable<(long? SubjectId, DoseOnRecord Dose)>> DosesAsync(
        DbConnection connection, string rest, object values) =>
        connection.QueryAsync<StandingColumns, RecordColumns, (long?, DoseOnRecord)>(
            $"{Select} {rest}", (standing, record) => (standing.SubjectId, standing.ToDose(record.ToRecord())), values,
            splitOn: "id");

    sealed record PersonColumns(long Id, long Revision, long Decided, string? Refusals)
    {
        public IReadOnlyList<Refusal> ToRefusals() =>
            Refusals is null ? [] : [.. Refusals.Split(", ").Select(Refusal.Parse)];
    }

    sealed record StandingColumns(
        long? SubjectId, long State, long Attested, long ReliedOn, long Held, long EnteredAt, long? AnswerFrom,
        string? Province, long? ReviewDueAt)
    {
        public DoseOnRecord ToDose(StoredRecord stored) => new(
            stored, (RecordState)State, Attested == 1 || ReliedOn == 1, (HoldReason)Held,
            DateTimeOffset.FromUnixTimeSeconds(EnteredAt), Province)
        {
            ReviewDueAt = (HoldReason)Held == HoldReason.Suspicion && ReviewDueAt is { } due
                ? DateTimeOffset.FromUnixTimeSeconds(due)
                : null,
            AnswerFrom = AnswerFrom is { } from ? DateTimeOffset.FromUnixTimeSeconds(from) : null,
        };
    }
}
