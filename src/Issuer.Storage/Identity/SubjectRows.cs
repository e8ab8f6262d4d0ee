using Issuer.Core.Records;
using Issuer.Storage.Records;
using static Issuer.Storage.Predicates;

namespace Issuer.Storage.Identity;

/// <summary>What every change of a person's records must do to the person, in the same transaction.</summary>
static class SubjectRows
{
    /// <summary>
    /// Tells duplicates anew, voids what was signed over a dose that somebody called a repetition, and makes the
    /// persons due for a decision. A dose that turns up voids nothing: the statements there are do not speak of it.
    /// </summary>
    public static async Task RefreshAsync(WriteSession session, IReadOnlyCollection<long> subjects)
    {
        if (subjects.Count == 0)
        {
            return;
        }
        var doses = await session.QueryAsync<DoseColumns>(
            $"""
            select {ColumnList.Of<DoseColumns>()} from record
            where subject_id {session.OneOf("subjects")} and {IsGiven("record")}
            """,
            new { subjects });
        var marks = await DuplicateStore.MarksAsync(session, subjects);
        var changes = new List<(long Id, long? Original)>();
        foreach (var person in doses.GroupBy(d => d.SubjectId))
        {
            var duplicates = FindDuplicates.Of(person.Select(d => d.ToDose()), marks);
            changes.AddRange(person.Where(d => d.DuplicateOf != Find(duplicates, d.Id))
                .Select(d => (d.Id, Find(duplicates, d.Id))));
        }
        await session.ExecuteManyAsync(
            "update record set duplicate_of = @Original where id = @Id", changes.Select(c => new { c.Id, c.Original }));
        await VoidLaterAttestationsAsync(
            session, changes.Where(c => c.Original is not null && marks.ContainsKey(c.Id)).Select(c => c.Id));
        await TouchAsync(session, subjects);
    }

    /// <summary>Makes the persons due for a decision.</summary>
    public static Task TouchAsync(WriteSession session, IEnumerable<long> subjects) => session.ExecuteManyAsync(
        "update subject set revision = revision + 1 where id = @id", subjects.Distinct().Select(id => new { id }));

    /// <summary>
    /// A statement speaks of its dose and the earlier ones it relies on; when one of these goes or changes, it no longer
    /// stands. No statement speaks of a dose that nobody signed for.
    /// </summary>
    public static Task VoidLaterAttestationsAsync(WriteSession session, IEnumerable<long> records) =>
        session.ExecuteManyAsync(
            $"""
            update record set {Unsigned}
            where {IsSignedFor("record")}
              and subject_id = (select c.subject_id from record c where c.id = @id)
              and (vaccinated_on, id) > (
                select c.vaccinated_on, c.id from record c where c.id = @id and {WasSignedFor("c")})
            """,
            records.Select(id => new { id }));

    static long? Find(IReadOnlyDictionary<long, long> duplicates, long id) =>
        duplicates.TryGetValue(id, out var original) ? original : null;

    sealed record DoseColumns(
        long SubjectId, long Id, string Product, string VaccinatedOn, long? DuplicateOf, long Attested, long ReliedOn)
    {
        public EnteredDose ToDose() => new(
            Id, Product, RecordColumns.DayOf(VaccinatedOn), IsSigned: Attested == 1 || ReliedOn == 1);
    }
}
