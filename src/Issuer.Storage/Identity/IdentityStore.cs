using Dapper;
using Issuer.Core;
using Issuer.Core.Identity;
using Issuer.Core.Records;
using Issuer.Storage.Records;

namespace Issuer.Storage.Identity;

sealed class IdentityStore(Database database, IdLeases ids) : IIdentityStore
{
    public Task<IReadOnlyList<StoredRecord>> ClaimPendingAsync(long after, int limit, CancellationToken cancel) =>
        database.ReadAsync<IReadOnlyList<StoredRecord>>(
            async connection =>
            {
                var rows = await connection.QueryAsync<RecordColumns>(
                    $"select {RecordColumns.All} from record where state = 0 and id > @after order by id limit @limit",
                    new { after, limit });
                return [.. rows.Select(row => row.ToRecord())];
            },
            cancel);

    public async Task<IReadOnlyList<RecordState>> ApplyAsync(
        IReadOnlyList<MatchedRecord> results, Act act, CancellationToken cancel)
    {
        if (results.Count == 0)
        {
            return [];
        }
        var firstSubject = await ids.TakeAsync("subject", results.Count, cancel);
        return await database.WriteAsync(
            async session =>
            {
                var subjects = await Subjects.LoadAsync(session, results, firstSubject);
                var settled = results.Select(subjects.Settle).ToList();
                await subjects.StoreNewAsync(session);
                var touched = await session.ExecuteManyAsync(
                    """
                    update record set state = @p2, differs = @p3, suggestion = @p4, subject_id = @p5
                    where id = @p0 and version = @p1 and state = 0
                    """,
                    [.. settled.Select(s => new object?[]
                    {
                        s.Result.Record.Id, s.Result.Record.Version, (long)s.Result.State, (long)s.Result.Differs,
                        s.Result.Suggestion, s.SubjectId,
                    })]);
                var stored = settled.Zip(touched).Where(pair => pair.Second == 1).Select(pair => pair.First).ToList();
                await SubjectRows.RefreshAsync(
                    session, [.. stored.Select(s => s.SubjectId).OfType<long>().Distinct()]);
                await AuditRows.AddAsync(session, act, "record-matched", stored.Select(s => s.Result.Record.Id));
                return stored.ConvertAll(s => s.Result.State);
            },
            cancel);
    }

    /// <summary>The persons that one batch of results belongs to, known ones and new ones.</summary>
    sealed class Subjects
    {
        readonly Dictionary<string, long> byDocument;
        readonly Dictionary<long, SubjectIdentity> identities;
        readonly List<object?[]> newSubjects = [];
        readonly List<object?[]> newDocuments = [];
        long nextId;

        Subjects(Dictionary<string, long> byDocument, Dictionary<long, SubjectIdentity> identities, long nextId)
        {
            this.byDocument = byDocument;
            this.identities = identities;
            this.nextId = nextId;
        }

        public static async Task<Subjects> LoadAsync(
            WriteSession session, IReadOnlyList<MatchedRecord> results, long firstNewId)
        {
            var documents = results.SelectMany(r => r.Subject?.Documents ?? []).Distinct().ToArray();
            var rows = documents.Length == 0
                ? []
                : await session.QueryAsync<SubjectColumns>(
                    $"""
                    select d.document, s.id, s.family_name, s.given_name, s.sex, s.date_of_birth
                    from identity_document d join subject s on s.id = d.subject_id
                    where d.document {session.OneOf("documents")}
                    """,
                    new { documents });
            return new Subjects(
                rows.ToDictionary(r => r.Document, r => r.Id),
                rows.DistinctBy(r => r.Id).ToDictionary(r => r.Id, r => r.ToIdentity()),
                firstNewId);
        }

        public (MatchedRecord Result, long? SubjectId) Settle(MatchedRecord result)
        {
            if (result.Subject is not { } identity)
            {
                return (result, null);
            }
            var known = identity.Documents.Where(byDocument.ContainsKey).Select(d => (long?)byDocument[d]).FirstOrDefault();
            if (known is { } id && result.State == RecordState.Exempt
                && identity.DifferencesFrom(identities[id]) is not IdentityFields.None and var differs)
            {
                return (result with { State = RecordState.Mismatched, Differs = differs }, null);
            }
            var subject = known ?? Open(identity);
            foreach (var document in identity.Documents.Where(d => byDocument.TryAdd(d, subject)))
            {
                newDocuments.Add([document, subject]);
            }
            return (result, subject);
        }

        public async Task StoreNewAsync(WriteSession session)
        {
            await session.ExecuteManyAsync(
                """
                insert into subject (id, revision, decided, family_name, given_name, sex, date_of_birth)
                values (@p0, 0, 0, @p1, @p2, @p3, @p4)
                """,
                newSubjects);
            await session.ExecuteManyAsync(
                "insert into identity_document (document, subject_id) values (@p0, @p1)", newDocuments);
        }

        long Open(SubjectIdentity identity)
        {
            identities.Add(nextId, identity);
            newSubjects.Add([nextId, identity.FamilyName, identity.GivenName, (long)identity.Sex,
                identity.DateOfBirth.ToString()]);
            return nextId++;
        }
    }

    sealed record SubjectColumns(
        string Document, long Id, string FamilyName, string GivenName, long Sex, string DateOfBirth)
    {
        public SubjectIdentity ToIdentity() =>
            new(FamilyName, GivenName, (Sex)Sex, PartialDate.Parse(DateOfBirth), [Document]);
    }
}
