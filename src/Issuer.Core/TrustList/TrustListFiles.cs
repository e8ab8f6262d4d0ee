using System.Security.Cryptography.X509Certificates;
using System.Text;
using Issuer.Core.Pki;
using Issuer.Core.Publication;

namespace Issuer.Core.TrustLists;

/// <summary>The files of a trust list.</summary>
/// <param name="Held">Why the foreign DSCs stay as they were; null: they are those of now.</param>
public sealed record TrustFileSet(IReadOnlyList<PublishedFile> Files, Rejection? Held);

/// <summary>Step 12 for keys, whole: from the store's rows to every file of the trust list. Pure.</summary>
public static class TrustListFiles
{
    public const string EuPath = "trust-list/eu.json";
    public const string AnchorPath = "trust-list/anchor.pem";
    public const string StatementPath = "trust-list/list.jws";
    public const string PemPath = "trust-list/certificates.pem";
    public const string JwksPath = ".well-known/jwks.json";
    public const string DidPath = ".well-known/did.json";
    public const string AnchorDidPath = "trust-anchor/did.json";

    const string ForeignStart = "trust-list/foreign-";
    const string Json = "application/json";

    public static string ContentPath(string digest) => $"trust-list/list-{digest}.json";

    public static string ForeignPath(string digest) => $"{ForeignStart}{digest}.json";

    public static bool IsForeign(string path) => path.StartsWith(ForeignStart, StringComparison.Ordinal);

    /// <summary>
    /// The files in the order in which they must appear: whatever names another comes after it. Or why nothing may be
    /// published: the list is empty, shrank without cause, or our clock stands before the last publication. Foreign
    /// DSCs hold nothing of ours up: should they shrink without cause, theirs stay as they are.
    /// </summary>
    /// <param name="did">The <c>did:web</c> of the host that serves the files; null: no DID document is made.</param>
    /// <param name="previous">What was published before, by path; null where there is no such file.</param>
    public static PkiOutcome<TrustFileSet> From(
        TrustListRows rows, ValidityPolicy policy, TrustAnchor anchor, string? did, DateTimeOffset now,
        Func<string, byte[]?> previous)
    {
        var jws = previous(StatementPath) is { } bytes ? Encoding.ASCII.GetString(bytes) : null;
        var before = jws is null ? null : Verified(jws, anchor, previous(AnchorPath));
        if (before is not null && now < before.Issued)
        {
            return PkiOutcome<TrustFileSet>.Refused(new PkiFault(PkiFaultCode.ClockSetBack,
                $"The list in place was signed at {before.Issued:u}, later than this clock says: it stays."));
        }
        var foreignBefore = ForeignOf(before, previous);
        var content = TrustListContent.From(
            rows, policy, now, ContentOf(before, previous), HighestOf(foreignBefore?.Dscs.Select(one => one.Listed)));
        var items = BuildTrustList.From(rows.Cscas, rows.Dscs, policy, anchor, now,
            previous(EuPath) is { } eu ? TrustListItem.ParsePublished(eu) : null);
        if (!content.Succeeded || !items.Succeeded)
        {
            return PkiOutcome<TrustFileSet>.Refused([.. content.Faults.Concat(items.Faults).Distinct()]);
        }
        var (foreign, held) = ForeignTrustContent.From(
            rows.Foreign, content.Value.Dscs.Select(one => one.Country).ToHashSet(), now, foreignBefore,
            HighestOf(content.Value.Dscs.Select(one => one.Listed)));
        return PkiOutcome<TrustFileSet>.Success(new TrustFileSet(
            [
                .. Certificates(content.Value, BuildTrustList.ToJson(items.Value), anchor),
                .. Signed(content.Value, foreign?.ToJson(), anchor, did, now, previous, jws),
            ],
            held));
    }

    /// <summary>
    /// By the anchor of its time, which may have been another: nothing leaves the list unseen then either.
    /// </summary>
    static ListStatement? Verified(string jws, TrustAnchor anchor, byte[]? anchorBefore)
    {
        using var before = X509CertificateLoader.LoadCertificate(
            (TrustAnchor.DerOf(anchorBefore) ?? anchor.Der).Span);
        return ListStatement.Verified(jws, before);
    }

    /// <summary>The content that a statement names, if its file is what the statement says.</summary>
    static TrustListContent? ContentOf(ListStatement? statement, Func<string, byte[]?> previous) =>
        statement is not null && previous(ContentPath(statement.Content)) is { } json
        && SignTrustList.DigestOf(json) == statement.Content ? TrustListContent.Parse(json) : null;

    static ForeignTrustContent? ForeignOf(ListStatement? statement, Func<string, byte[]?> previous) =>
        statement?.Foreign is { } digest && previous(ForeignPath(digest)) is { } json
        && SignTrustList.DigestOf(json) == digest ? ForeignTrustContent.Parse(json) : null;

    static long HighestOf(IEnumerable<long>? places) => (places ?? []).DefaultIfEmpty(0).Max();

    static IEnumerable<PublishedFile> Certificates(TrustListContent content, byte[] eu, TrustAnchor anchor)
    {
        var listed = ListedKey.Of(content);
        yield return new(EuPath, eu, Json);
        yield return new(
            AnchorPath, Encoding.ASCII.GetBytes(BuildKeyFiles.PemOf(anchor.Der.Span)), "application/x-pem-file");
        yield return new(PemPath, BuildKeyFiles.Pem(listed), "application/x-pem-file");
        yield return new(JwksPath, BuildKeyFiles.Jwks(listed), "application/jwk-set+json");
    }

    static IEnumerable<PublishedFile> Signed(
        TrustListContent content, byte[]? foreign, TrustAnchor anchor, string? did, DateTimeOffset now,
        Func<string, byte[]?> previous, string? previousJws)
    {
        var json = content.ToJson();
        var statement = SignTrustList.Renewed(json, foreign, previousJws, anchor, now);
        if (did is not null)
        {
            yield return new(AnchorDidPath, BuildDidDocument.Anchor(did, anchor), "application/did+json");
            yield return new(DidPath,
                BuildDidDocument.List(did, ListedKey.Of(content), anchor, statement, previous(DidPath)),
                "application/did+json");
        }
        if (foreign is not null)
        {
            yield return new(ForeignPath(SignTrustList.DigestOf(foreign)), foreign, Json);
        }
        yield return new(ContentPath(SignTrustList.DigestOf(json)), json, Json);
        yield return new(StatementPath, Encoding.ASCII.GetBytes(statement), "application/jose");
    }
}
