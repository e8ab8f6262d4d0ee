using System.Text;
using Issuer.Core;
using Issuer.Core.Publication;
using Issuer.Core.TrustLists;
using Issuer.Hcert;
using Issuer.Server.Hosting;

namespace Issuer.Server.Verification;

/// <summary>All that a verdict rests on: lists that the anchor signed, and nothing else.</summary>
/// <param name="Revoked">Null: no list was given, and nothing counts as revoked.</param>
/// <param name="Manifest">Of the publication they come from; null: they came one by one.</param>
sealed record VerificationLists(TrustedDscs Trusted, RevokedCertificates? Revoked, Manifest? Manifest)
{
    /// <summary>What a person should know of lists that are used all the same.</summary>
    public IReadOnlyList<string> WarningsAt(DateTimeOffset now) => Manifest is null
        ? [.. Trusted.Warnings, .. Revoked?.Warnings ?? []]
        : [.. ReadManifest.Warnings(Manifest, now), .. Revoked?.WarningsAt(now) ?? []];

    /// <summary>
    /// Regeneration is the issuer's duty: who holds an expired one of ours has a newer one, or gets it. What other issuers
    /// do nobody here knows.
    /// </summary>
    public static bool CanBeHadAnew(Hcert.Verification judged) => judged.Verdict == Verdict.Expired
        && Uvci.TryParse(judged.Hcert?.Dcc.Entry.CertificateIdentifier, out _);

    public Hcert.Verification Verify(string hc1, DateTimeOffset at) =>
        HcertVerifier.Verify(hc1, Trusted.With, at, IsRevoked);

    /// <summary>Null when no revocation list was given.</summary>
    public Func<DecodedHcert, bool>? IsRevoked { get; } = Revoked is null ? null : Revoked.Includes;

    /// <summary>From one offline file.</summary>
    /// <param name="newestSeen">The highest publication this verifier has accepted; null: none.</param>
    /// <param name="newestListSeen">The highest sequence of its trust list; null: none.</param>
    public static VerificationLists OfBundle(
        ReadOnlyMemory<byte> bundle, byte[] anchor, string source, DateTimeOffset now, long? newestSeen = null,
        long? newestListSeen = null)
    {
        var (reading, files) = Bundle.Read(bundle, anchor, now, newestSeen);
        if (reading.Manifest is not { } manifest)
        {
            throw Refused(source, reading.Refusal!);
        }
        if (!files.TryGetValue(TrustListFiles.StatementPath, out var jws)
            || ReadSignedList.Statement(Encoding.ASCII.GetString(jws.Span), anchor) is not { } statement
            || !files.TryGetValue(TrustListFiles.ContentPath(statement.Content), out var content)
            || CompactListPaths.FindFull(files.Keys) is not { } full)
        {
            throw Refused(source, "the bundle lacks a trust list or a revocation list");
        }
        var trust = ReadSignedList.From(statement, content.Span, now, newestListSeen);
        if (trust.Refusal is { } refusal)
        {
            throw Refused(source, refusal);
        }
        var revoked = RevokedCertificates.Read(
            files[full + CompactListPaths.EnvelopeEnd], files[full + CompactListPaths.BodyEnd], anchor, source);
        return new VerificationLists(
            new TrustedDscs([.. trust.Dscs.Select(der => Dsc.TryParse(der, out var dsc, out _) ? dsc : null).OfType<Dsc>()]),
            revoked, manifest);
    }

    static RefusedException Refused(string source, string why) =>
        new(new Rejection(RejectionKind.Malformed, $"{source}: {why}"));
}
