using Issuer.Core.Records;
using Issuer.Storage.Records;
using static Issuer.Storage.Predicates;

namespace Issuer.Storage.Identity;

/// <summary>What every change of a person's records must do to the person, in the same transaction.</summary>
static class SubjectRows
{
    /// <summary>
    /// Tells duplicates anew, voids what was signed over another set of doses, and makes the persons due for a
    /// decision.
    /// </summary>
    /// <param name="appeared">Records that were not among the persons' doses before.</param>
    public static async Task RefreshAsync(
        WriteSession session, IReadOnlyCollection<long> subjects, IReadOnlySet<long> appeared)
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
        var comings = new List<long>();
        foreach (var person in doses.GroupBy(d => d.SubjectId))
        {
            var duplicates = FindDuplicates.Of(person.Select(
                d => new EnteredDose(d.Id, d.Product, RecordColumns.DayOf(d.VaccinatedOn))), marks);
            var told = person.Select(d => (d.Id, Before: d.DuplicateOf, Now: Find(duplicates, d.Id))).ToList();
            changes.AddRange(told.Where(d => d.Before != d.Now).Select(d => (d.Id, d.Now)));
            comings.AddRange(told
                .Where(d => (d.Before is null && !appeared.Contains(d.Id)) != d.Now is null)
                .Select(d => d.Id));
        }
        await session.ExecuteManyAsync(
            "update record set duplicate_of = @Original where id = @Id", changes.Select(c => new { c.Id, c.Original }));
        await VoidLaterAttestationsAsync(session, comings);
        await TouchAsync(session, subjects);
    }

    /// <summary>Makes the persons due for a decision.</summary>
    public static Task TouchAsync(WriteSession session, IEnumerable<long> subjects) => session.ExecuteManyAsync(
        "update subject set revision = revision + 1 where id = @id", subjects.Distinct().Select(id => new { id }));

    /// <summary>
    /// A statement speaks of its dose and all earlier ones; when one of these comes, goes or changes, it no longer
    /// stands.
    /// </summary>
    public static Task VoidLaterAttestationsAsync(WriteSession session, IEnumerable<long> records) =>
        session.ExecuteManyAsync(
            $"""
            update record set attested = {No}
            where {IsAttested("record")}
              and subject_id = (select c.subject_id from record c where c.id = @id)
              and (vaccinated_on, id) > (select c.vaccinated_on, c.id from record c where c.id = @id)
            """,
            records.Select(id => new { id }));

    static long? Find(IReadOnlyDictionary<long, long> duplicates, long id) =>
        duplicates.TryGetValue(id, out var original) ? original : null;

    sealed record DoseColumns(long SubjectId, long Id, string Product, string VaccinatedOn, long? DuplicateOf);
}
