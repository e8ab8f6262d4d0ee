using Issuer.Core.Revocation;
using Issuer.Core.TrustLists;

namespace Issuer.Core.Publication;

/// <summary>
/// Where the compact lists of a publication lie: an envelope and a body each, named by sequence number.
/// </summary>
public static class CompactListPaths
{
    public const string EnvelopeEnd = ".cose";
    public const string BodyEnd = ".body";

    const string Folder = "revocation/compact/";
    const string FullStart = Folder + "full-";
    const string DeltaStart = Folder + "delta-";
    const int NumberLength = 8;

    public static string Full(long sequence) => FullStart + Number(sequence);

    public static string Delta(long from, long to) => $"{DeltaStart}{Number(from)}-{Number(to)}";

    public static bool IsFull(string path) => path.StartsWith(FullStart, StringComparison.Ordinal);

    /// <summary>The full list's path without its end; null when there is none.</summary>
    public static string? FindFull(IEnumerable<string> paths) => paths
        .FirstOrDefault(path => IsFull(path) && path.EndsWith(EnvelopeEnd, StringComparison.Ordinal))?
            [..^EnvelopeEnd.Length];

    /// <summary>Envelopes and bodies, oldest first.</summary>
    public static IEnumerable<string> FindDeltas(IEnumerable<string> paths) => paths
        .Where(path => path.StartsWith(DeltaStart, StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    static string Number(long sequence) =>
        sequence.ToString(System.Globalization.CultureInfo.InvariantCulture).PadLeft(NumberLength, '0');
}

/// <summary>
/// Step 12 for revocation: from one moment of the store to the next compact list, full and as a delta. Compared with
/// every unexpired certificate before it is signed; refused when it shrank without a cause.
/// </summary>
public sealed class BuildCompactList(IListSource source, TrustAnchor anchor, PublicationPolicy policy, string country)
{
    const string Type = "application/octet-stream";

    /// <summary>What is to be proved.</summary>
    /// <param name="previous">The list in place; null: there is none.</param>
    /// <param name="refused">The certificates to list.</param>
    public CompactListState Draft(
        CompactListState? previous, IEnumerable<ListedCertificate> refused, DateTimeOffset now) => new(
        country, (previous?.Sequence ?? 0) + 1, now, now + policy.Fresh, 0,
        RevokedSlots.Of(refused.Select(one => one.Slot)), previous?.Link ?? default);

    public async Task<Result<List<PublishedFile>>> SignAsync(
        CompactListState? previous, CompactListState draft, ListProof proof, CancellationToken cancel)
    {
        if (!proof.Holds)
        {
            return Stays(
                $"{proof.FalsePositives} good certificates listed, {proof.FalseNegatives} revoked ones missing, "
                + $"{proof.Strangers} strangers");
        }
        var next = draft with { Issued = proof.Certificates };
        var files = FilesOf(CompactListPaths.Full(next.Sequence), PreparedCompactList.Full(next), proof);
        if (previous is null)
        {
            return files.ToList();
        }
        var removed = GuardShrinkage.Removed(previous, next).ToList();
        var faults = GuardShrinkage.Check(
            previous, next, await source.ExplainAsync(removed, previous.ThisUpdate, cancel));
        return faults.Count > 0
            ? Stays(string.Join(", ", faults.Select(fault => Kebab.Of(fault.ToString()))))
            : files.Concat(FilesOf(CompactListPaths.Delta(previous.Sequence, next.Sequence),
                PreparedCompactList.Delta(previous, next), proof)).ToList();
    }

    static Rejection Stays(string why) => new(
        RejectionKind.Unavailable, $"the revocation list is not published; the one in place stays: {why}");

    IEnumerable<PublishedFile> FilesOf(string path, PreparedCompactList prepared, ListProof proof)
    {
        var list = prepared.Sign(anchor, proof);
        return
        [
            new(path + CompactListPaths.BodyEnd, list.Body, Type),
            new(path + CompactListPaths.EnvelopeEnd, list.Envelope, Type),
        ];
    }
}
