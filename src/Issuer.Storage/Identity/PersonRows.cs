using System.Globalization;
using Issuer.Core.Approvals;

namespace Issuer.Storage.Identity;

/// <summary>
/// Everything that hangs on subjects, as lines of a <see cref="MaterialisedSet"/>: what a merge is approved on, and
/// what undoing it restores.
/// </summary>
sealed record PersonRows(
    IReadOnlyList<PersonRows.Document> Documents, IReadOnlyList<PersonRows.Record> Records,
    IReadOnlyList<PersonRows.Lineage> Lineages)
{
    public sealed record Document(string Text, long SubjectId);

    public sealed record Record(long Id, long SubjectId, long Version, long Attested);

    public sealed record Lineage(long Id, long SubjectId, long IsOpen, long? CurrentSlot);

    public static async Task<PersonRows> ReadAsync(WriteSession session, params long[] subjects)
    {
        var of = $"subject_id {session.OneOf("subjects")}";
        return new PersonRows(
            await session.QueryAsync<Document>(
                $"select document as text, subject_id from identity_document where {of} order by document",
                new { subjects }),
            await session.QueryAsync<Record>(
                $"select {ColumnList.Of<Record>()} from record where {of} order by id", new { subjects }),
            await session.QueryAsync<Lineage>(
                $"select {ColumnList.Of<Lineage>()} from lineage where {of} order by id", new { subjects }));
    }

    public IEnumerable<string> ToLines() =>
    [
        .. Documents.Select(d => $"document of {d.SubjectId} {d.Text}"),
        .. Records.Select(r => $"record {r.Id} of {r.SubjectId} version {r.Version} attested {r.Attested}"),
        .. Lineages.Select(l => $"lineage {l.Id} of {l.SubjectId} open {l.IsOpen} current {l.CurrentSlot}"),
    ];

    /// <summary>The other way; other lines are passed over.</summary>
    public static PersonRows Parse(MaterialisedSet set)
    {
        var lines = set.Lines.Select(line => line.Split(' ')).ToLookup(words => words[0]);
        return new PersonRows(
            [.. lines["document"].Select(w => new Document(string.Join(' ', w.Skip(3)), Number(w[2])))],
            [.. lines["record"].Select(w => new Record(Number(w[1]), Number(w[3]), Number(w[5]), Number(w[7])))],
            [.. lines["lineage"].Select(w => new Lineage(
                Number(w[1]), Number(w[3]), Number(w[5]), w[7].Length == 0 ? null : Number(w[7])))]);
    }

    static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
