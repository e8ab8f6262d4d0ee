using System.Globalization;

namespace Issuer.Core.Approvals;

/// <summary>
/// Everything that hangs on subjects, as lines of a <see cref="MaterialisedSet"/>: what a merge is approved on, and
/// what undoing it restores.
/// </summary>
public sealed record PersonSet(
    IReadOnlyList<PersonSet.Document> Documents, IReadOnlyList<PersonSet.Record> Records,
    IReadOnlyList<PersonSet.Lineage> Lineages)
{
    public sealed record Document(string Text, long SubjectId);

    public sealed record Record(long Id, long SubjectId, long Version, bool IsAttested);

    /// <param name="CurrentSlot">Null: it has no certificate yet, or names none any more.</param>
    public sealed record Lineage(long Id, long SubjectId, bool IsOpen, long? CurrentSlot);

    /// <summary>What of it is one person's.</summary>
    public PersonSet Of(long subject) => new(
        [.. Documents.Where(d => d.SubjectId == subject)], [.. Records.Where(r => r.SubjectId == subject)],
        [.. Lineages.Where(l => l.SubjectId == subject)]);

    public IEnumerable<string> ToLines() =>
    [
        .. Documents.Select(d => $"document of {d.SubjectId} {d.Text}"),
        .. Records.Select(r => $"record {r.Id} of {r.SubjectId} version {r.Version} attested {(r.IsAttested ? 1 : 0)}"),
        .. Lineages.Select(l => $"lineage {l.Id} of {l.SubjectId} open {(l.IsOpen ? 1 : 0)} current {l.CurrentSlot}"),
    ];

    /// <summary>The other way; other lines are passed over.</summary>
    public static PersonSet Parse(MaterialisedSet set)
    {
        var lines = set.Lines.Select(line => line.Split(' ')).ToLookup(words => words[0]);
        return new PersonSet(
            [.. lines["document"].Select(w => new Document(string.Join(' ', w.Skip(3)), Number(w[2])))],
            [.. lines["record"].Select(w => new Record(Number(w[1]), Number(w[3]), Number(w[5]), w[7] == "1"))],
            [.. lines["lineage"].Select(w => new Lineage(
                Number(w[1]), Number(w[3]), w[5] == "1", w[7].Length == 0 ? null : Number(w[7])))]);
    }

    static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
