using Issuer.Core.Pki;
using Issuer.Core.Revocation;
using Issuer.Verification.Publication;
using Issuer.Verification.Revocation;

namespace Issuer.Core.Publication;

/// <summary>
/// Step 12 towards the gateway: revocation batches as files, a CMS beside each. A batch that stays keeps its bytes; one
/// of suspensions says so in its name.
/// </summary>
public static class BuildBatches
{
    const string Folder = "revocation/batches/";
    const string SuspensionStart = Folder + "suspended-";
    const string JsonEnd = ".json";
    const string CmsEnd = ".cms";

    public static bool IsBatch(string path) => path.StartsWith(Folder, StringComparison.Ordinal);

    /// <summary>Of the batches that are out; null when a file is not what we wrote.</summary>
    public static RevocationBatch? Read(PublishedFile file) =>
        ReadBatch.From(file.Bytes, file.Path.StartsWith(SuspensionStart, StringComparison.Ordinal));

    public static bool IsJson(string path) => IsBatch(path) && path.EndsWith(JsonEnd, StringComparison.Ordinal);

    /// <summary>The new files, and the paths of those that stay; or why nothing is published.</summary>
    /// <param name="signsKept">Those that stay were signed by another anchor.</param>
    public static Result<FileSet> From(
        BatchPlan plan, TrustAnchor anchor, DateTimeOffset now, bool signsKept = false) =>
        plan.Unexplained.Count > 0
            ? new Rejection(RejectionKind.Unavailable,
                $"the revocation batches are not published; those in place stay: {plan.Unexplained.Count} hashes would "
                + "leave though nobody undid them")
            : new FileSet(
                [.. plan.New.Concat(signsKept ? plan.Kept : []).SelectMany(batch => FilesOf(batch, anchor, now))],
                [.. (signsKept ? [] : plan.Kept).SelectMany(
                    batch => new[] { PathOf(batch) + JsonEnd, PathOf(batch) + CmsEnd })]);

    /// <summary>Of new batches alone.</summary>
    public static IEnumerable<PublishedFile> Of(
        IEnumerable<RevocationBatch> batches, TrustAnchor anchor, DateTimeOffset now) =>
        batches.SelectMany(batch => FilesOf(batch, anchor, now));

    static IEnumerable<PublishedFile> FilesOf(RevocationBatch batch, TrustAnchor anchor, DateTimeOffset now) =>
    [
        new(PathOf(batch) + JsonEnd, batch.Json.ToArray(), "application/json"),
        new(PathOf(batch) + CmsEnd, anchor.Sign(batch.Json.Span, now), "application/cms"),
    ];

    static string PathOf(RevocationBatch batch) => $"{(batch.IsSuspension ? SuspensionStart : Folder)}{batch.Id}";
}
