using System.Security.Cryptography.X509Certificates;
using System.Text;
using Issuer.Core.Pki;
using Issuer.Core.Publication;

namespace Issuer.Core.TrustLists;

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

    const string Json = "application/json";

    public static string ContentPath(string digest) => $"trust-list/list-{digest}.json";

    /// <summary>
    /// The files in the order in which they must appear: whatever names another comes after it. Or why nothing may be
    /// published: the list is empty, shrank without cause, or our clock stands before the last publication.
    /// </summary>
    /// <param name="did">The <c>did:web</c> of the host that serves the files; null: no DID document is made.</param>
    /// <param name="previous">What was published before, by path; null where there is no such file.</param>
    public static PkiOutcome<IReadOnlyList<PublishedFile>> From(
        TrustListRows rows, ValidityPolicy policy, TrustAnchor anchor, string? did, DateTimeOffset now,
        Func<string, byte[]?> previous)
    {
        var jws = previous(StatementPath) is { } bytes ? Encoding.ASCII.GetString(bytes) : null;
        var before = jws is null ? null : Verified(jws, anchor, previous(AnchorPath));
        if (before is not null && now < before.Issued)
        {
            return PkiOutcome<IReadOnlyList<PublishedFile>>.Refused(new PkiFault(PkiFaultCode.ClockSetBack,
                $"The list in place was signed at {before.Issued:u}, later than this clock says: it stays."));
        }
        var content = TrustListContent.From(rows, policy, now, ContentOf(before, previous));
        var items = BuildTrustList.From(rows.Cscas, rows.Dscs, policy, anchor, now,
            previous(EuPath) is { } eu ? TrustListItem.ParsePublished(eu) : null);
        return content.Succeeded && items.Succeeded
            ? PkiOutcome<IReadOnlyList<PublishedFile>>.Success(
                [
                    .. Certificates(content.Value, BuildTrustList.ToJson(items.Value), anchor),
                    .. Signed(content.Value, anchor, did, now, previous, jws),
                ])
            : PkiOutcome<IReadOnlyList<PublishedFile>>.Refused([.. content.Faults.Concat(items.Faults).Distinct()]);
    }

    /// <summary>By the anchor of its time, which may have been another: then, too, nothing leaves the list unseen.</summary>
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

    static IEnumerable<PublishedFile> Certificates(TrustListContent content, byte[] eu, TrustAnchor anchor)
    {
        var listed = ListedKey.Of(content);
        yield return new(EuPath, eu, Json);
        yield return new(AnchorPath, Encoding.ASCII.GetBytes(BuildKeyFiles.PemOf(anchor.Der.Span)), "application/x-pem-file");
        yield return new(PemPath, BuildKeyFiles.Pem(listed), "application/x-pem-file");
        yield return new(JwksPath, BuildKeyFiles.Jwks(listed), "application/jwk-set+json");
    }

    static IEnumerable<PublishedFile> Signed(
        TrustListContent content, TrustAnchor anchor, string? did, DateTimeOffset now, Func<string, byte[]?> previous,
        string? previousJws)
    {
        var json = content.ToJson();
        var statement = SignTrustList.Renewed(json, previousJws, anchor, now);
        if (did is not null)
        {
            yield return new(AnchorDidPath, BuildDidDocument.Anchor(did, anchor), "application/did+json");
            yield return new(DidPath,
                BuildDidDocument.List(did, ListedKey.Of(content), anchor, statement, previous(DidPath)),
                "application/did+json");
        }
        yield return new(ContentPath(SignTrustList.DigestOf(json)), json, Json);
        yield return new(StatementPath, Encoding.ASCII.GetBytes(statement), "application/jose");
    }
}
