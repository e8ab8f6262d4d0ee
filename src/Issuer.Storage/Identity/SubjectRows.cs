using Issuer.Core.Records;
using Issuer.Storage.Records;

namespace Issuer.Storage.Identity;

/// <summary>What every change of a person's records must do to the person, in the same transaction.</summary>
static class SubjectRows
{
    /// <summary>Tells duplicates anew and makes the persons due for a decision.</summary>
    public static async Task RefreshAsync(WriteSession session, IReadOnlyCollection<long> subjects)
    {
        if (subjects.Count == 0)
        {
            return;
        }
        var doses = await session.QueryAsync<DoseColumns>(
            $"""
            select subject_id, id, product, vaccinated_on, duplicate_of from record
            where subject_id {session.OneOf("subjects")}
            """,
            new { subjects });
        var changes = new List<object?[]>();
        foreach (var person in doses.GroupBy(d => d.SubjectId))
        {
            var duplicates = FindDuplicates.Of(person.Select(
                d => new EnteredDose(d.Id, d.Product, RecordColumns.DayOf(d.VaccinatedOn))));
            changes.AddRange(person
                .Select(d => (d.Id, Before: d.DuplicateOf, Now: Find(duplicates, d.Id)))
                .Where(d => d.Before != d.Now)
                .Select(d => new object?[] { d.Id, d.Now }));
        }
        await session.ExecuteManyAsync("update record set duplicate_of = @p1 where id = @p0", changes);
        await TouchAsync(session, subjects);
    }

    /// <summary>Makes the persons due for a decision.</summary>
    public static Task TouchAsync(WriteSession session, IEnumerable<long> subjects) => session.ExecuteManyAsync(
        "update subject set revision = revision + 1 where id = @p0",
        [.. subjects.Distinct().Select(id => new object?[] { id })]);

    /// <summary>A statement speaks of its dose and all earlier ones; when one changes, the later ones no longer stand.</summary>
    public static Task VoidLaterAttestationsAsync(WriteSession session, long changedRecord) => session.ExecuteAsync(
        """
        update record set attested = 0
        where attested = 1
          and subject_id = (select c.subject_id from record c where c.id = @changedRecord)
          and vaccinated_on >= (select c.vaccinated_on from record c where c.id = @changedRecord)
        """,
        new { changedRecord });

    static long? Find(IReadOnlyDictionary<long, long> duplicates, long id) =>
        duplicates.TryGetValue(id, out var original) ? original : null;

    sealed record DoseColumns(long SubjectId, long Id, string Product, string VaccinatedOn, long? DuplicateOf);
}
