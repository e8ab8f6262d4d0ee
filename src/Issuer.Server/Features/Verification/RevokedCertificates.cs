using System.Security.Cryptography.X509Certificates;
using System.Text;
using Issuer.Core;
using Issuer.Core.Publication;
using Issuer.Core.Revocation;
using Issuer.Hcert;
using Issuer.Server.Hosting;

namespace Issuer.Server.Features.Verification;

/// <summary>
/// What a publication refuses: its compact list speaks of its own country's certificates, the foreign lists of theirs.
/// </summary>
sealed class RevokedCertificates(CompactListState list, IEnumerable<ForeignRevocations> foreign)
{
    readonly RevokedAbroad abroad = new(foreign, list.Country);

    /// <summary>What a person should know of the list, though it is used: that it is stale.</summary>
    public IReadOnlyList<string> Warnings { get; private set; } = [];

    public bool Includes(DecodedHcert hcert, Dsc signer, DateTimeOffset at) =>
        Includes(hcert) || abroad.Includes(hcert, signer, at);

    public bool Includes(DecodedHcert hcert) => hcert.Issuer == list.Country
        && Uvci.TryParse(hcert.Dcc.Entry.CertificateIdentifier, out var uvci) && list.Revoked.Contains(uvci.Slot);

    /// <summary>The full lists of a publication: a folder or a URL, or the <c>revocation</c> part of one.</summary>
    /// <param name="newestSeen">The highest publication this verifier has accepted; null: none.</param>
    public static async Task<RevokedCertificates> LoadAsync(
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
        var revoked = Read(envelope, body, foreign, anchor, publication);
        revoked.Warnings =
            [.. reading.Warnings.Concat(revoked.WarningsAt(now)).Select(warning => $"{publication}: {warning}")];
        return revoked;
    }

    /// <summary>The list itself may be older than the publication that still names it.</summary>
    public IEnumerable<string> WarningsAt(DateTimeOffset now) => list.IsStale(now)
        ? [$"the revocation list is stale: another was due by {list.NextUpdate:u}"]
        : [];

    /// <param name="foreign">Files by path, as the anchor signed them.</param>
    public static RevokedCertificates Read(
        ReadOnlyMemory<byte> envelope, ReadOnlyMemory<byte> body,
        IReadOnlyDictionary<string, ReadOnlyMemory<byte>> foreign, ReadOnlySpan<byte> anchor, string source)
    {
        var abroad = foreign.Select(file => ForeignRevocations.Parse(file.Key, file.Value.Span)
            ?? throw Refused(source, $"{file.Key} is not a list of foreign revocations of a known version")).ToList();
        if (AnchorKey(anchor) is not { } key)
        {
            throw Refused(source, "the anchor's key cannot sign a compact list");
        }
        var reading = ReadCompactList.From(envelope, body, key);
        return reading.State is { } state
            ? new RevokedCertificates(state, abroad)
            : throw Refused(source, $"the revocation list is not believed: {Kebab.Of(reading.Fault.ToString()!)}");
    }

    static Dsc? AnchorKey(ReadOnlySpan<byte> anchor)
    {
        using var certificate = X509CertificateLoader.LoadCertificate(anchor);
        return Dsc.TryParse(certificate.RawDataMemory.Span, out var key, out _) ? key : null;
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
