using Issuer.Core.Pki;
using Issuer.Hcert;
using Issuer.Verification;
using Issuer.Verification.Revocation;

namespace Issuer.Core.Gateway;

/// <summary>What of ours a gateway can have.</summary>
public enum UploadKind
{
    Dsc = 1,
    Batch = 2,
}

/// <summary>Something of ours that the gateway has.</summary>
/// <param name="Digest">Of its content: a DSC's DER, a batch's JSON.</param>
/// <param name="Kid">Of the DSC, or of that which signed what the batch lists.</param>
/// <param name="RemoteId">The gateway's name for a batch, which deleting it takes; null: it never told.</param>
public sealed record GatewayUpload(UploadKind Kind, Sha256Digest Digest, Kid Kid, string? RemoteId);

/// <summary>Something to upload or to withdraw, whole.</summary>
public sealed record UploadItem(UploadKind Kind, Kid Kid, ReadOnlyMemory<byte> Content)
{
    public Sha256Digest Digest { get; } = Sha256Digest.Of(Content.Span);

    public GatewayUpload Uploaded(string? remoteId) => new(Kind, Digest, Kid, remoteId);
}

/// <param name="Upload">DSCs before batches: a batch names the kid of a DSC.</param>
/// <param name="Withdraw">DSCs that have left our list.</param>
/// <param name="Delete">Batches that have left our publication; their successors are uploaded first.</param>
public sealed record UploadPlan(
    IReadOnlyList<UploadItem> Upload, IReadOnlyList<UploadItem> Withdraw, IReadOnlyList<GatewayUpload> Delete);

/// <summary>What the gateway lacks and what it has too much, from what we publish and what we remember. Pure.</summary>
public static class PlanUploads
{
    /// <param name="dscs">
    /// All rows of ours, and whether our trust list has them. One without a row is left alone: a damaged store
    /// withdraws nothing.
    /// </param>
    /// <param name="batches">Those of the latest publication; null: nothing is published.</param>
    /// <param name="remembered">What the gateway has.</param>
    public static UploadPlan From(
        IEnumerable<(OwnDsc Dsc, bool IsListed)> dscs, IEnumerable<RevocationBatch>? batches,
        IReadOnlyCollection<GatewayUpload> remembered)
    {
        var there = remembered.Select(upload => (upload.Kind, upload.Digest)).ToHashSet();
        var rows = dscs.ToLookup(row => row.IsListed, row => new UploadItem(UploadKind.Dsc, row.Dsc.Kid, row.Dsc.Der));
        var published = batches?.Select(b => new UploadItem(UploadKind.Batch, b.Kid, b.Json)).ToList();
        var wanted = published?.Select(batch => batch.Digest).ToHashSet();
        return new UploadPlan(
            [.. rows[true].Concat(published ?? []).Where(item => !there.Contains((item.Kind, item.Digest)))],
            [.. rows[false].Where(item => there.Contains((item.Kind, item.Digest)))],
            [.. remembered.Where(upload => upload.Kind == UploadKind.Batch
                && wanted?.Contains(upload.Digest) == false)]);
    }
}
