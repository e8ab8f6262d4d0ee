using System.Text;
using Issuer.Hcert;
using Issuer.Verification.Publication;
using Issuer.Verification.TrustLists;

namespace Issuer.Verification;

/// <summary>All that a verdict rests on: lists that the anchor signed, and nothing else.</summary>
/// <param name="Revoked">Null: no list was given, and nothing counts as revoked.</param>
/// <param name="Manifest">Of the publication they come from; null: they came one by one.</param>
public sealed record VerificationLists(TrustedDscs Trusted, RevokedCertificates? Revoked, Manifest? Manifest)
{
    /// <summary>What a person should know of lists that are used all the same.</summary>
    public IReadOnlyList<string> WarningsAt(DateTimeOffset now) => Manifest is null
        ? [.. Trusted.Warnings, .. Revoked?.Warnings ?? []]
        : [.. ReadManifest.Warnings(Manifest, now), .. Revoked?.WarningsAt(now) ?? []];

    /// <summary>
    /// Of each list that tells its age. Lists without one are not among them, and never count as too old.
    /// </summary>
    public IReadOnlyList<ListAge> Ages =>
    [
        .. Manifest is { } publication
            ? [new ListAge("publication", publication.Issued, publication.Next)]
            : Array.Empty<ListAge>(),
        .. new[] { Trusted.Age, Revoked?.Age }.OfType<ListAge>(),
    ];

    public Judgement Verify(string hc1, DateTimeOffset at) =>
        HcertVerifier.Verify(hc1, Trusted.For, at, IsRevokedAt(at));

    /// <summary>Null when no revocation list was given.</summary>
    public Func<DecodedHcert, Dsc, bool>? IsRevokedAt(DateTimeOffset at) =>
        Revoked is null ? null : (hcert, signer) => Revoked.Includes(hcert, signer, at);

    /// <summary>
    /// It only expired, and is ours: regeneration is the issuer's duty, so its holder has a newer one or gets it.
    /// </summary>
    public bool CanBeHadAnew(Judgement judged) =>
        judged is { Verdict: Verdict.Expired, Hcert: { } hcert } && Trusted.IsOurs(hcert);

    /// <summary>
    /// By which its issuer's store knows it: one of ours, whose signature was good and which no list refuses. Null for
    /// anything else: there is nothing to ask.
    /// </summary>
    public Slot? SlotToAskAbout(Judgement judged) =>
        IsSignedAndNotListed(judged.Verdict) && judged.Hcert is { } hcert && Trusted.IsOurs(hcert)
        && Uvci.TryParse(hcert.Dcc.Entry.CertificateIdentifier, out var uvci) ? uvci.Slot : null;

    static bool IsSignedAndNotListed(Verdict verdict) => verdict switch
    {
        Verdict.Valid or Verdict.NotYetValid or Verdict.Expired => true,
        Verdict.Revoked or Verdict.WrongKeyUsage or Verdict.BadSignature or Verdict.UnknownIssuer
            or Verdict.Malformed => false,
    };

    /// <summary>From one offline file. Never throws on what it is given.</summary>
    /// <param name="anchor">DER or PEM, from a source that is trusted.</param>
    /// <param name="now">The verifier's clock.</param>
    /// <param name="newestSeen">The highest publication this verifier has accepted; null: none.</param>
    /// <param name="newestListSeen">The highest sequence of its trust list; null: none.</param>
    public static VerificationReading OfBundle(
        ReadOnlyMemory<byte> bundle, ReadOnlySpan<byte> anchor, DateTimeOffset now, long? newestSeen = null,
        long? newestListSeen = null)
    {
        var (reading, files) = Bundle.Read(bundle, anchor, now, newestSeen);
        if (reading.Manifest is not { } manifest)
        {
            return Refused(reading.Refusal!);
        }
        if (!files.TryGetValue(TrustListFiles.StatementPath, out var jws)
            || ReadSignedList.Statement(Encoding.ASCII.GetString(jws.Span), anchor) is not { } statement
            || !files.TryGetValue(TrustListFiles.ContentPath(statement.Content), out var content)
            || CompactListPaths.FindFull(files.Keys) is not { } full
            || !files.TryGetValue(full + CompactListPaths.EnvelopeEnd, out var envelope)
            || !files.TryGetValue(full + CompactListPaths.BodyEnd, out var body))
        {
            return Refused("the bundle lacks a trust list or a revocation list");
        }
        var trust = ReadSignedList.From(statement, content.Span, now, newestListSeen);
        var foreign = ForeignIn(files, statement);
        if ((trust.Refusal ?? foreign.Refusal) is { } untrusted)
        {
            return Refused(untrusted);
        }
        var (revoked, refusal) = RevokedCertificates.Read(
            envelope, body, files.Where(file => ForeignRevocations.IsFile(file.Key)).ToDictionary(), anchor);
        return revoked is null
            ? Refused(refusal!)
            : new VerificationReading(
                new VerificationLists(
                    new TrustedDscs(TrustedDscs.Parse(trust.Dscs), TrustedDscs.Parse(foreign.Dscs)), revoked, manifest),
                null);
    }

    static TrustListReading ForeignIn(
        IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files, ListStatement statement) => statement.Foreign switch
        {
            null => new TrustListReading([], [], []),
            { } digest when files.TryGetValue(TrustListFiles.ForeignPath(digest), out var content) =>
                ReadSignedList.Foreign(statement, content.Span),
            _ => new TrustListReading([], [], [], "the bundle lacks the foreign DSCs"),
        };

    static VerificationReading Refused(string why) => new(null, why);
}

/// <summary>The lists to judge by, or why there are none.</summary>
public sealed record VerificationReading(VerificationLists? Lists, string? Refusal);
