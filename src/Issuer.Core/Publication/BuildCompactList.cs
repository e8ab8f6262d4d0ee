using Issuer.Core.Pki;
using Issuer.Core.Revocation;
using Issuer.Verification.Publication;
using Issuer.Verification.Revocation;

namespace Issuer.Core.Publication;

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

    /// <summary>
    /// The list in place with what cannot wait. It keeps the dates and the count of that list: they speak of the last
    /// time that the whole was made and proved.
    /// </summary>
    public static CompactListState Extend(CompactListState list, IEnumerable<ListedCertificate> added) => new(
        list.Country, list.Sequence + 1, list.ThisUpdate, list.NextUpdate, list.Issued,
        RevokedSlots.Of(list.Revoked.Ascending().Concat(added.Select(one => one.Slot))), list.Link);

    public async Task<Result<List<PublishedFile>>> SignAsync(
        CompactListState? previous, CompactListState draft, ListProof proof, CancellationToken cancel) =>
        // What does not hold is refused below, whatever the store says of it.
        Sign(previous, draft, proof, previous is null || !proof.Holds
            ? Explanations.None
            : await source.ExplainAsync(
                [.. GuardShrinkage.Removed(previous, draft)], previous.ThisUpdate, cancel));

    /// <param name="explanations">Of what leaves the list in place.</param>
    public Result<List<PublishedFile>> Sign(
        CompactListState? previous, CompactListState draft, ListProof proof, Explanations explanations)
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
        return GuardShrinkage.Check(previous, next, explanations) is { } why
            ? Stays(why.Detail)
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
