using System.Security.Cryptography.X509Certificates;
using Issuer.Verification.TrustLists;
using Issuer.Verification.X509;

namespace Issuer.Verification.Publication;

/// <summary>The manifest to go by, or why there is none.</summary>
/// <param name="Warnings">What a person should know of a manifest that is believed all the same.</param>
public sealed record ManifestReading(Manifest? Manifest, string? Refusal, IReadOnlyList<string> Warnings);

/// <summary>The verifier's side of a manifest: signed by the pinned anchor, not older than one seen before.</summary>
public static class ReadManifest
{
    /// <summary>750 batches make 200 KB.</summary>
    public const int LongestText = 4 * 1024 * 1024;

    /// <summary>Never throws on what it is given.</summary>
    /// <param name="type"><see cref="Manifest.PublicationType"/> or <see cref="Manifest.BundleType"/>.</param>
    /// <param name="anchor">DER or PEM, from a source that is trusted.</param>
    /// <param name="now">The verifier's clock.</param>
    /// <param name="newestSeen">The highest sequence this verifier has accepted; null: none.</param>
    public static ManifestReading From(
        string jws, string type, ReadOnlySpan<byte> anchor, DateTimeOffset now, long? newestSeen = null)
    {
        if (Verified(jws, type, anchor) is not { } manifest)
        {
            return Refused("the manifest is not the anchor's");
        }
        if (manifest.Sequence < newestSeen)
        {
            return Refused($"rolled back: sequence {manifest.Sequence}, seen before: {newestSeen}");
        }
        return new ManifestReading(manifest, null, [.. Warnings(manifest, now)]);
    }

    /// <summary>For whoever wrote the file: nothing vouches for it. Null when it is not a manifest.</summary>
    public static Manifest? Unverified(string jws) =>
        jws.Split('.') is [_, var payload, _] && AnchorJws.Decode(payload) is { } json ? Manifest.Parse(json) : null;

    static Manifest? Verified(string jws, string type, ReadOnlySpan<byte> anchor)
    {
        try
        {
            using var certificate = X509CertificateLoader.LoadCertificate(anchor);
            return AnchorJws.Verified(jws.TrimEnd('\n'), type, certificate, LongestText) is { } payload
                ? Manifest.Parse(payload)
                : null;
        }
        catch (Exception e) when (ForeignBytes.MayThrow(e))
        {
            return null;
        }
    }

    /// <summary>What its age says, at any later moment too.</summary>
    public static IEnumerable<string> Warnings(Manifest manifest, DateTimeOffset now)
    {
        if (now >= manifest.Next)
        {
            yield return $"stale: another publication was due by {manifest.Next:u}";
        }
        if (now < manifest.Issued)
        {
            yield return $"published later than this clock says: {manifest.Issued:u}";
        }
    }

    static ManifestReading Refused(string why) => new(null, why, []);
}
