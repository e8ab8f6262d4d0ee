using System.Text;
using Issuer.Core;
using Issuer.Server.Hosting;
using Issuer.Verification;
using Issuer.Verification.Publication;

namespace Issuer.Server.Features.Verification;

/// <summary>What a publication in a folder or at an address refuses.</summary>
static class LoadRevokedCertificates
{
    /// <summary>The full lists of a publication: a folder or a URL, or the <c>revocation</c> part of one.</summary>
    /// <param name="newestSeen">The highest publication this verifier has accepted; null: none.</param>
    public static async Task<RevokedCertificates> FromAsync(
        string publication, byte[] anchor, DateTimeOffset now, long? newestSeen, CancellationToken cancel)
    {
        var (root, manifest) = await FindAsync(publication.TrimEnd('/'), cancel);
        var reading = ReadManifest.From(
            Encoding.UTF8.GetString(manifest), Manifest.PublicationType, anchor, now, newestSeen);
        if (reading.Manifest is not { } named)
        {
            throw Refused(publication, reading.Refusal!);
        }
        if (CompactListPaths.FindFull(named.Files.Select(file => file.Path)) is not { } full)
        {
            throw Refused(publication, "the publication holds no revocation list");
        }
        var envelope = await FetchAsync(root, named, full + CompactListPaths.EnvelopeEnd, cancel);
        var body = await FetchAsync(root, named, full + CompactListPaths.BodyEnd, cancel);
        var foreign = new Dictionary<string, ReadOnlyMemory<byte>>();
        foreach (var path in named.Files.Select(file => file.Path).Where(ForeignRevocations.IsFile))
        {
            foreign[path] = await FetchAsync(root, named, path, cancel, ForeignRevocations.Longest);
        }
        var (revoked, refusal) = RevokedCertificates.Read(envelope, body, foreign, anchor);
        return revoked is null
            ? throw Refused(publication, refusal!)
            : revoked.With(reading.Warnings.Concat(revoked.WarningsAt(now))
                .Select(warning => $"{publication}: {warning}"));
    }

    static async Task<byte[]> FetchAsync(
        string root, Manifest manifest, string path, CancellationToken cancel, int longest = Bundle.Longest)
    {
        var said = manifest.Files.FirstOrDefault(file => file.Path == path)
            ?? throw Refused(root, $"the manifest does not name {path}");
        var content = await Bounded.FetchAsync($"{root}/{path}", cancel, (int)Math.Min(said.Size, longest));
        return said.IsOf(content) ? content : throw Refused(root, $"{path} is not what the manifest says");
    }

    /// <summary>The manifest lies beside <c>revocation</c>, so either may be named.</summary>
    static async Task<(string Root, byte[] Manifest)> FindAsync(string publication, CancellationToken cancel)
    {
        try
        {
            return (publication, await Bounded.FetchAsync($"{publication}/{Manifest.Path}", cancel));
        }
        catch (RefusedException) when (publication.EndsWith("/revocation", StringComparison.Ordinal))
        {
            var root = publication[..publication.LastIndexOf('/')];
            return (root, await Bounded.FetchAsync($"{root}/{Manifest.Path}", cancel));
        }
    }

    static RefusedException Refused(string source, string why) =>
        new(new Rejection(RejectionKind.Malformed, $"{source}: {why}"));
}
