using Issuer.Core.Identity;
using Issuer.Core.Records;
using static Issuer.Storage.Predicates;

namespace Issuer.Storage.Identity;

/// <summary>Rows of <c>subject</c> and <c>identity_document</c>: who is known, by which documents.</summary>
static class PersonRows
{
    public static async Task<KnownPersons> KnownAsync(WriteSession session, IReadOnlyCollection<string> documents)
    {
        var rows = documents.Count == 0
            ? []
            : await session.QueryAsync<KnownColumns>(
                $"""
                select d.document, s.id, s.family_name, s.given_name, s.sex, s.date_of_birth
                from identity_document d join subject s on s.id = d.subject_id
                where d.document {session.OneOf("documents")}
                """,
                new { documents = documents.ToArray() });
        if (rows.Count == 0)
        {
            return new KnownPersons(new Dictionary<string, long>(), []);
        }
        var known = rows.Select(row => row.Id).Distinct().ToArray();
        var withDoses = (await session.QueryAsync<long>(
            $"select distinct subject_id from record where {IsGiven("record")} and subject_id {session.OneOf("known")}",
            new { known })).ToHashSet();
        var numbers = (await session.QueryAsync<DocumentColumns>(
            $"""
            select {ColumnList.Of<DocumentColumns>()} from identity_document
            where subject_id {session.OneOf("known")}
            """,
            new { known }))
            .Where(row => DocumentKey.IsCitizenNumber(row.Document))
            .ToDictionary(row => row.SubjectId, row => row.Document);
        return new KnownPersons(
            rows.ToDictionary(row => row.Document, row => row.Id),
            [.. rows.DistinctBy(row => row.Id).Select(row => new KnownPerson(
                row.Id, row.ToIdentity(), withDoses.Contains(row.Id), numbers.GetValueOrDefault(row.Id)))]);
    }

    public static async Task StoreAsync(WriteSession session, ResolvePersons persons)
    {
        await session.InsertAsync(
            "subject",
            persons.Opened.Select(p => new { person = PersonColumns.Of(p), revision = 0L, decided = 0L }));
        await session.ExecuteManyAsync(
            $"update subject set {PersonColumns.All.Without("Id").Assigned} where id = @Id",
            persons.Renamed.Select(PersonColumns.Of));
        await session.InsertAsync(
            "identity_document", persons.Documents.Select(d => new DocumentColumns(d.Document, d.Subject)));
    }

    /// <summary>Who a subject is.</summary>
    sealed record PersonColumns(
        long Id, string FamilyName, string GivenName, long Sex, string DateOfBirth, string LookKey)
    {
        public static readonly ColumnList All = ColumnList.Of<PersonColumns>();

        public static PersonColumns Of((long Id, SubjectIdentity Identity) person) => new(
            person.Id, person.Identity.FamilyName, person.Identity.GivenName, (long)person.Identity.Sex,
            person.Identity.DateOfBirth.ToString(), person.Identity.LookKey);
    }

    sealed record DocumentColumns(string Document, long SubjectId);

    sealed record KnownColumns(
        string Document, long Id, string FamilyName, string GivenName, long Sex, string DateOfBirth)
    {
        public SubjectIdentity ToIdentity() =>
            new(FamilyName, GivenName, (Sex)Sex, PartialDate.Parse(DateOfBirth), [Document]);
    }
}
