using System.Text;
using Issuer.Core;
using Issuer.Core.Publication;
using Issuer.Core.TrustLists;
using Issuer.Hcert;
using Issuer.Server.Hosting;

namespace Issuer.Server.Features.Verification;

/// <summary>All that a verdict rests on: lists that the anchor signed, and nothing else.</summary>
/// <param name="Revoked">Null: no list was given, and nothing counts as revoked.</param>
/// <param name="Manifest">Of the publication they come from; null: they came one by one.</param>
sealed record VerificationLists(TrustedDscs Trusted, RevokedCertificates? Revoked, Manifest? Manifest)
{
    /// <summary>What a person should know of lists that are used all the same.</summary>
    public IReadOnlyList<string> WarningsAt(DateTimeOffset now) => Manifest is null
        ? [.. Trusted.Warnings, .. Revoked?.Warnings ?? []]
        : [.. ReadManifest.Warnings(Manifest, now), .. Revoked?.WarningsAt(now) ?? []];

    public Hcert.Verification Verify(string hc1, DateTimeOffset at) =>
        HcertVerifier.Verify(hc1, Trusted.For, at, IsRevokedAt(at));

    /// <summary>Null when no revocation list was given.</summary>
    public Func<DecodedHcert, Dsc, bool>? IsRevokedAt(DateTimeOffset at) =>
        Revoked is null ? null : (hcert, signer) => Revoked.Includes(hcert, signer, at);

    /// <summary>
    /// It only expired, and is ours: regeneration is the issuer's duty, so its holder has a newer one or gets it.
    /// </summary>
    public bool CanBeHadAnew(Hcert.Verification judged) =>
        judged is { Verdict: Verdict.Expired, Hcert: { } hcert } && Trusted.IsOurs(hcert);

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
            files[full + CompactListPaths.EnvelopeEnd], files[full + CompactListPaths.BodyEnd],
            files.Where(file => ForeignRevocations.IsFile(file.Key)).ToDictionary(), anchor, source);
        return new VerificationLists(
            new TrustedDscs(Parsed(trust.Dscs), Parsed(ForeignIn(files, statement, source))), revoked, manifest);
    }

    static IReadOnlyList<byte[]> ForeignIn(
        IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files, ListStatement statement, string source)
    {
        if (statement.Foreign is not { } digest)
        {
            return [];
        }
        var foreign = files.TryGetValue(TrustListFiles.ForeignPath(digest), out var content)
            ? ReadSignedList.Foreign(statement, content.Span)
            : throw Refused(source, "the bundle lacks the foreign DSCs");
        return foreign.Refusal is { } refusal ? throw Refused(source, refusal) : foreign.Dscs;
    }

    static IEnumerable<Dsc> Parsed(IEnumerable<byte[]> ders) =>
        ders.Select(der => Dsc.TryParse(der, out var dsc, out _) ? dsc : null).OfType<Dsc>();

    static RefusedException Refused(string source, string why) =>
        new(new Rejection(RejectionKind.Malformed, $"{source}: {why}"));
}
