using Issuer.Server.Edge.Http;
using Issuer.Server.Features.Pki;
using Issuer.Server.Features.Verification;
using Issuer.Server.Hosting;
using Issuer.Server.Hosting.Stores;
using Issuer.Verification;
using Issuer.Verification.Publication;

namespace Issuer.Server.Edge.Rest.Verification;

/// <summary>
/// The bundle that lies in the service's own folder, read anew when another is published. One that cannot be believed,
/// or is older, leaves the lists that were good.
/// </summary>
sealed class PublishedLists(DataFolder data, OwnAnchor ownAnchor)
{
    readonly ServedFile bundle = ServedFile.Of(data, Bundle.Path, "application/octet-stream");
    readonly Lock reading = new();

    volatile Known? current;

    /// <summary>Null when nothing good has been published yet.</summary>
    public VerificationLists? Read(DateTimeOffset now)
    {
        if (bundle.Read() is not { } content || current?.Etag == content.Etag)
        {
            return current?.Lists;
        }
        // Once for all who ask meanwhile: it costs as much as thousands of verdicts.
        lock (reading)
        {
            if (current?.Etag != content.Etag)
            {
                current = new Known(content.Etag, Open(content.Bytes, now) ?? current?.Lists);
            }
            return current?.Lists;
        }
    }

    VerificationLists? Open(byte[] content, DateTimeOffset now)
    {
        using var anchor = ownAnchor.Read();
        try
        {
            return ReadBundle.From(
                content, anchor.Der.ToArray(), "the bundle in place", now, current?.Lists?.Manifest?.Sequence);
        }
        catch (RefusedException)
        {
            return null;
        }
    }

    sealed record Known(string Etag, VerificationLists? Lists);
}
