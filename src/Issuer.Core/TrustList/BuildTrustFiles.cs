using System.Security.Cryptography.X509Certificates;
using System.Text;
using Issuer.Core.Pki;
using Issuer.Verification.Publication;
using Issuer.Verification.TrustLists;

namespace Issuer.Core.TrustLists;

/// <summary>The files of a trust list.</summary>
/// <param name="Held">Why the foreign DSCs stay as they were; null: they are those of now.</param>
public sealed record TrustFileSet(IReadOnlyList<PublishedFile> Files, Rejection? Held);

/// <summary>Step 12 for keys, whole: from the store's rows to every file of the trust list. Pure.</summary>
public static class BuildTrustFiles
{
    const string Json = "application/json";
    const string Pem = "application/x-pem-file";
    const string Did = "application/did+json";

    /// <summary>
    /// The files in the order in which they must appear: whatever names another comes after it. Or why nothing may be
    /// published: the list is empty, shrank without cause, or our clock stands before the last publication. Foreign
    /// DSCs hold nothing of ours up: should they shrink without cause, theirs stay as they are.
    /// </summary>
    /// <param name="did">The <c>did:web</c> of the host that serves the files; null: no DID document is made.</param>
    /// <param name="previous">What was published before, by path; null where there is no such file.</param>
    public static Result<TrustFileSet> From(
        TrustListRows rows, ValidityPolicy policy, TrustAnchor anchor, string? did, DateTimeOffset now,
        Func<string, byte[]?> previous)
    {
        var jws = previous(TrustListFiles.StatementPath) is { } bytes ? Encoding.ASCII.GetString(bytes) : null;
        var before = jws is null ? null : Verified(jws, anchor, previous(TrustListFiles.AnchorPath));
        if (before is not null && now < before.Issued)
        {
            return new Rejection(
                RejectionKind.Unavailable,
                $"The list in place was signed at {before.Issued:u}, later than this clock says: it stays.");
        }
        var foreignBefore = ForeignOf(before, previous);
        var listed = BuildTrustContent.From(
            rows, policy, now, ContentOf(before, previous), HighestOf(foreignBefore?.Dscs.Select(one => one.Listed)));
        var items = BuildTrustList.From(rows.Cscas, rows.Dscs, policy, anchor, now,
            previous(TrustListFiles.EuPath) is { } eu ? TrustListItem.ParsePublished(eu) : null);
        if (listed.IsRefused(out var why, out var content) || items.IsRefused(out why, out var signed))
        {
            return why;
        }
        var (foreign, held) = BuildForeignTrust.From(
            rows.Foreign, content.Dscs.Select(one => one.Country).ToHashSet(), now, foreignBefore,
            HighestOf(content.Dscs.Select(one => one.Listed)));
        return new TrustFileSet(
            [
                .. Certificates(content, TrustListItem.ToJson(signed), anchor),
                .. Signed(content, foreign?.ToJson(), anchor, did, now, previous, jws),
            ],
            held);
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
        statement is not null && previous(TrustListFiles.ContentPath(statement.Content)) is { } json
        && ListStatement.DigestOf(json) == statement.Content ? TrustListContent.Parse(json) : null;

    static ForeignTrustContent? ForeignOf(ListStatement? statement, Func<string, byte[]?> previous) =>
        statement?.Foreign is { } digest && previous(TrustListFiles.ForeignPath(digest)) is { } json
        && ListStatement.DigestOf(json) == digest ? ForeignTrustContent.Parse(json) : null;

    static long HighestOf(IEnumerable<long>? places) => (places ?? []).DefaultIfEmpty(0).Max();

    static IEnumerable<PublishedFile> Certificates(TrustListContent content, byte[] eu, TrustAnchor anchor)
    {
        yield return new(TrustListFiles.EuPath, eu, Json);
        yield return new(
            TrustListFiles.AnchorPath, Encoding.ASCII.GetBytes(BuildKeyFiles.PemOf(anchor.Der.Span)), Pem);
        yield return new(TrustListFiles.PemPath, BuildKeyFiles.Pem(content), Pem);
        yield return new(TrustListFiles.JwksPath, BuildKeyFiles.Jwks(content), "application/jwk-set+json");
    }

    static IEnumerable<PublishedFile> Signed(
        TrustListContent content, byte[]? foreign, TrustAnchor anchor, string? did, DateTimeOffset now,
        Func<string, byte[]?> previous, string? previousJws)
    {
        var json = content.ToJson();
        var statement = SignTrustList.Renewed(json, foreign, previousJws, anchor, now);
        if (did is not null)
        {
            yield return new(TrustListFiles.AnchorDidPath, BuildDidDocument.Anchor(did, anchor), Did);
            yield return new(TrustListFiles.DidPath,
                BuildDidDocument.List(did, content, anchor, statement, previous(TrustListFiles.DidPath)),
                Did);
        }
        if (foreign is not null)
        {
            yield return new(TrustListFiles.ForeignPath(ListStatement.DigestOf(foreign)), foreign, Json);
        }
        yield return new(TrustListFiles.ContentPath(ListStatement.DigestOf(json)), json, Json);
        yield return new(TrustListFiles.StatementPath, Encoding.ASCII.GetBytes(statement), "application/jose");
    }
}
