using Dapper;
using Issuer.Core;
using Issuer.Core.Identity;
using Issuer.Core.Records;
using Issuer.Storage.Records;
using static Issuer.Storage.Predicates;

namespace Issuer.Storage.Identity;

sealed class IdentityStore(Database database, IdLeases ids) : IIdentityStore
{
    public Task<IReadOnlyList<StoredRecord>> ClaimPendingAsync(long after, int limit, CancellationToken cancel) =>
        database.ReadAsync<IReadOnlyList<StoredRecord>>(
            async connection =>
            {
                var rows = await connection.QueryAsync<RecordColumns>(
                    $"select {RecordColumns.All} from record where {WaitsForMatch("record")} and id > @after "
                        + "order by id limit @limit",
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
                var waiting = await WaitingAsync(session, results);
                var subjects = await Subjects.LoadAsync(session, waiting, firstSubject);
                var settled = waiting.ConvertAll(subjects.Settle);
                await subjects.StoreAsync(session);
                await session.ExecuteManyAsync(
                    $"""
                    update record set state = @state, differs = @differs, suggestion = @kind, subject_id = @SubjectId,
                        waits_since = case when @waits = {No} then waits_since
                            when settled_at is null then coalesce(waits_since, @now) else @now end,
                        settled_at = case when @waits = {Yes} or waits_since is null then null
                            else coalesce(settled_at, @now) end
                    where id = @Id
                    """,
                    settled.Select(s => new
                    {
                        s.Result.Record.Id, state = (long)s.Result.State, differs = (long)s.Result.Differs,
                        kind = s.Result.Suggestion?.Kind, s.SubjectId,
                        waits = ErrorGroups.Of(s.Result.State) is null ? 0L : 1L, now = act.At.ToUnixTimeSeconds(),
                    }));
                await SuggestionRows.StoreAsync(session, act, settled.ConvertAll(s => s.Result));
                await ExemptCaps.ApplyAsync(session, settled.ConvertAll(s => s.Result), act.At);
                await SubjectRows.RefreshAsync(
                    session, [.. settled.Select(s => s.SubjectId).OfType<long>().Distinct()],
                    settled.Select(s => s.Result.Record.Id).ToHashSet());
                await AuditRows.AddAsync(session, act, "record-matched", settled.Select(s => s.Result.Record.Id));
                return settled.ConvertAll(s => s.Result.State);
            },
            cancel);
    }

    /// <summary>Without those of versions that were corrected meanwhile: nothing of them may reach a person.</summary>
    static async Task<List<MatchedRecord>> WaitingAsync(WriteSession session, IReadOnlyList<MatchedRecord> results)
    {
        var ids = results.Select(r => r.Record.Id).ToArray();
        var versions = (await session.QueryAsync<VersionColumns>(
            $"select id, version from record where {WaitsForMatch("record")} and id {session.OneOf("ids")}",
            new { ids }))
            .ToDictionary(row => row.Id, row => row.Version);
        return [.. results.Where(r => versions.GetValueOrDefault(r.Record.Id) == r.Record.Version)];
    }

    sealed record VersionColumns(long Id, long Version);

    /// <summary>The persons that one batch of results belongs to, known ones and new ones.</summary>
    sealed class Subjects
    {
        readonly Dictionary<string, long> byDocument;
        readonly Dictionary<long, SubjectIdentity> identities;
        readonly HashSet<long> withDoses;
        readonly Dictionary<long, string> currentNumbers;
        readonly List<PersonColumns> newSubjects = [];
        readonly List<PersonColumns> renamed = [];
        readonly List<DocumentColumns> newDocuments = [];
        long nextId;

        Subjects(
            Dictionary<string, long> byDocument, Dictionary<long, SubjectIdentity> identities,
            HashSet<long> withDoses, Dictionary<long, string> currentNumbers, long nextId)
        {
            this.currentNumbers = currentNumbers;
            this.withDoses = withDoses;
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
            var identities = rows.DistinctBy(r => r.Id).ToDictionary(r => r.Id, r => r.ToIdentity());
            var known = identities.Keys.ToArray();
            var withDoses = known.Length == 0
                ? []
                : await session.QueryAsync<long>(
                    "select distinct subject_id from record "
                        + $"where {IsGiven("record")} and subject_id {session.OneOf("known")}",
                    new { known });
            var numbers = known.Length == 0
                ? []
                : await session.QueryAsync<DocumentColumns>(
                    $"select {ColumnList.Of<DocumentColumns>()} from identity_document where subject_id {session.OneOf("known")}",
                    new { known });
            return new Subjects(
                rows.ToDictionary(r => r.Document, r => r.Id), identities, [.. withDoses],
                numbers.Where(n => DocumentKey.IsCurrentNumber(n.Document))
                    .ToDictionary(n => n.SubjectId, n => n.Document),
                firstNewId);
        }

        public (MatchedRecord Result, long? SubjectId) Settle(MatchedRecord result)
        {
            if (result.Subject is not { } identity)
            {
                return (result, null);
            }
            var known = Find(identity);
            if (known is { } id && result.State == RecordState.Exempt && withDoses.Contains(id)
                && identity.DifferencesFrom(identities[id]) is not IdentityFields.None and var differs)
            {
                return (result with { State = RecordState.Mismatched, Differs = differs }, null);
            }
            var subject = known ?? Open(identity);
            if (result.State == RecordState.Matched || !withDoses.Contains(subject))
            {
                Rename(subject, identity);
            }
            withDoses.Add(subject);
            foreach (var document in identity.Documents.Where(d => byDocument.TryAdd(d, subject)))
            {
                newDocuments.Add(new DocumentColumns(document, subject));
                if (DocumentKey.IsCurrentNumber(document))
                {
                    currentNumbers[subject] = document;
                }
            }
            return (result, subject);
        }

        /// <summary>
        /// The person any of the documents points to. Some nine-digit numbers were given twice: one finds nobody who is
        /// known by another twelve-digit number.
        /// </summary>
        long? Find(SubjectIdentity identity)
        {
            var current = identity.Documents.FirstOrDefault(DocumentKey.IsCurrentNumber);
            foreach (var document in identity.Documents)
            {
                if (byDocument.TryGetValue(document, out var id)
                    && (current is null || currentNumbers.GetValueOrDefault(id, current) == current))
                {
                    return id;
                }
            }
            return null;
        }

        public async Task StoreAsync(WriteSession session)
        {
            await session.InsertAsync(
                "subject", newSubjects.Select(person => new { person, revision = 0L, decided = 0L }));
            await session.ExecuteManyAsync(
                $"update subject set {PersonColumns.All.Without("Id").Assigned} where id = @Id", renamed);
            await session.InsertAsync("identity_document", newDocuments);
        }

        long Open(SubjectIdentity identity)
        {
            identities.Add(nextId, identity);
            newSubjects.Add(PersonColumns.Of(nextId, identity));
            return nextId++;
        }

        /// <summary>
        /// The register's word is newer than what is stored; a passport's, when nothing else rests on it.
        /// </summary>
        void Rename(long subject, SubjectIdentity identity)
        {
            if (PersonColumns.Of(subject, identities[subject]) != PersonColumns.Of(subject, identity))
            {
                identities[subject] = identity;
                renamed.Add(PersonColumns.Of(subject, identity));
            }
        }
    }

    /// <summary>Who a subject is.</summary>
    sealed record PersonColumns(
        long Id, string FamilyName, string GivenName, long Sex, string DateOfBirth, string LookKey)
    {
        public static readonly ColumnList All = ColumnList.Of<PersonColumns>();

        public static PersonColumns Of(long id, SubjectIdentity identity) => new(
            id, identity.FamilyName, identity.GivenName, (long)identity.Sex, identity.DateOfBirth.ToString(),
            identity.LookKey);
    }

    sealed record DocumentColumns(string Document, long SubjectId);

    sealed record SubjectColumns(
        string Document, long Id, string FamilyName, string GivenName, long Sex, string DateOfBirth)
    {
        public SubjectIdentity ToIdentity() =>
            new(FamilyName, GivenName, (Sex)Sex, PartialDate.Parse(DateOfBirth), [Document]);
    }
}
