using Issuer.Core.Pki;
using Issuer.Hcert;
using Issuer.Verification.Publication;
using Issuer.Verification.Revocation;
using Issuer.Verification.TrustLists;

namespace Issuer.Core.Publication;

/// <summary>What the publication before holds as its compact list.</summary>
/// <param name="State">Null: it holds none.</param>
/// <param name="ByAnother">Another anchor signed what is in place.</param>
public sealed record HeldList(CompactListState? State, bool ByAnother);

/// <summary>
/// The compact list in place, read as a verifier reads it: one that cannot be read is not simply replaced.
/// </summary>
public sealed class ListInPlace(IPublicationStore store, TrustAnchor anchor)
{
    /// <summary>
    /// When the last whole list was made; null: nothing in place says so. Urgent additions to it keep its dates.
    /// </summary>
    public async Task<DateTimeOffset?> MadeAsync(IReadOnlyList<string> paths, CancellationToken cancel) =>
        CompactListPaths.FindFull(paths) is { } path
        && await store.FileAsync(path + CompactListPaths.EnvelopeEnd, cancel) is { } envelope
        && Dsc.TryParse((await SignerAsync(cancel)).Span, out var key, out _)
            ? ReadCompactList.Claims(envelope.Bytes, key)?.ThisUpdate
            : null;

    public async Task<Result<HeldList>> ReadAsync(IReadOnlyList<string> paths, CancellationToken cancel)
    {
        if (CompactListPaths.FindFull(paths) is not { } path)
        {
            return new HeldList(null, ByAnother: false);
        }
        var envelope = await store.FileAsync(path + CompactListPaths.EnvelopeEnd, cancel);
        var body = await store.FileAsync(path + CompactListPaths.BodyEnd, cancel);
        var signer = await SignerAsync(cancel);
        var reading = envelope is not null && body is not null && Dsc.TryParse(signer.Span, out var key, out _)
            ? ReadCompactList.From(envelope.Bytes, body.Bytes, key)
            : null;
        return reading?.State is { } state
            ? new HeldList(state, !signer.Span.SequenceEqual(anchor.Der.Span))
            : new Rejection(
                RejectionKind.Unavailable, $"the revocation list in place ({path}) cannot be read: it stays");
    }

    /// <summary>The anchor of that publication, which may have been another.</summary>
    async Task<ReadOnlyMemory<byte>> SignerAsync(CancellationToken cancel) =>
        TrustAnchor.DerOf((await store.FileAsync(TrustListFiles.AnchorPath, cancel))?.Bytes) ?? anchor.Der;
}
