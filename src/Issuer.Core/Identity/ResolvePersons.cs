using Issuer.Core.Records;

namespace Issuer.Core.Identity;

/// <summary>A person who is known already, as resolving needs them.</summary>
/// <param name="HasDoses">A dose that was given rests on who they are.</param>
/// <param name="CurrentNumber">Their twelve-digit number's document; null: none is known.</param>
public sealed record KnownPerson(long Id, SubjectIdentity Identity, bool HasDoses, string? CurrentNumber);

/// <summary>Everybody whom one of the documents points to, as the store has them.</summary>
/// <param name="ByDocument">The person's id, by document.</param>
public sealed record KnownPersons(IReadOnlyDictionary<string, long> ByDocument, IReadOnlyList<KnownPerson> Persons);

/// <summary>A result with the person it belongs to; null: nobody's yet.</summary>
public sealed record ResolvedRecord(MatchedRecord Result, long? SubjectId);

/// <summary>
/// Which person a document finds, for one batch of results: known ones, and new ones that the batch opens. Pure; what
/// changes is told in the lists. One batch, one thread.
/// </summary>
/// <param name="nextId">Of new persons; as many as there are results are free from here on.</param>
public sealed class ResolvePersons(KnownPersons known, long nextId)
{
    readonly Dictionary<string, long> byDocument = new(known.ByDocument);
    readonly Dictionary<long, SubjectIdentity> identities = known.Persons.ToDictionary(p => p.Id, p => p.Identity);
    readonly HashSet<long> withDoses = [.. known.Persons.Where(p => p.HasDoses).Select(p => p.Id)];
    readonly Dictionary<long, string> currentNumbers = known.Persons.Where(p => p.CurrentNumber is not null)
        .ToDictionary(p => p.Id, p => p.CurrentNumber!);
    readonly List<(long Id, SubjectIdentity Identity)> opened = [];
    readonly List<(long Id, SubjectIdentity Identity)> renamed = [];
    readonly List<(string Document, long Subject)> documents = [];

    /// <summary>New persons.</summary>
    public IReadOnlyList<(long Id, SubjectIdentity Identity)> Opened => opened;

    /// <summary>Persons who are somebody a little different now; the last word on each counts.</summary>
    public IReadOnlyList<(long Id, SubjectIdentity Identity)> Renamed => renamed;

    /// <summary>Documents that point to a person now and pointed to nobody.</summary>
    public IReadOnlyList<(string Document, long Subject)> Documents => documents;

    public ResolvedRecord Resolve(MatchedRecord result)
    {
        if (result.Subject is not { } identity)
        {
            return new ResolvedRecord(result, null);
        }
        var found = Find(identity);
        if (found is { } id && result.State == RecordState.Exempt && withDoses.Contains(id)
            && identity.DifferencesFrom(identities[id]) is not IdentityFields.None and var differs)
        {
            // A passport that says something else of its holder: no registry can tell which of the two is right.
            return new ResolvedRecord(result with { State = RecordState.Mismatched, Differs = differs }, null);
        }
        var subject = found ?? Open(identity);
        if (result.State == RecordState.Matched || !withDoses.Contains(subject))
        {
            Rename(subject, identity);
        }
        withDoses.Add(subject);
        foreach (var document in identity.Documents.Where(d => byDocument.TryAdd(d, subject)))
        {
            documents.Add((document, subject));
            if (DocumentKey.IsCitizenNumber(document))
            {
                currentNumbers[subject] = document;
            }
        }
        return new ResolvedRecord(result, subject);
    }

    /// <summary>
    /// The person any of the documents points to. Some nine-digit numbers were given twice: one finds nobody who is
    /// known by another twelve-digit number.
    /// </summary>
    long? Find(SubjectIdentity identity)
    {
        var current = identity.Documents.FirstOrDefault(DocumentKey.IsCitizenNumber);
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

    long Open(SubjectIdentity identity)
    {
        identities.Add(nextId, identity);
        opened.Add((nextId, identity));
        return nextId++;
    }

    /// <summary>
    /// The register's word is newer than what is stored; a passport's, when nothing else rests on it.
    /// </summary>
    void Rename(long subject, SubjectIdentity identity)
    {
        if (!identities[subject].SaysTheSame(identity))
        {
            identities[subject] = identity;
            renamed.Add((subject, identity));
        }
    }
}
