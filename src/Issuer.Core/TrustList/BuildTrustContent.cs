using System.Security.Cryptography.X509Certificates;
using Issuer.Core.Pki;
using Issuer.Verification.TrustLists;

namespace Issuer.Core.TrustLists;

/// <summary>Which of our CSCAs and DSCs the trust list names, and in which places.</summary>
public static class BuildTrustContent
{
    /// <summary>The content of now, or why it may not be published: it is empty, or shrank without cause.</summary>
    /// <param name="rows">All of our CSCAs and DSCs; <see cref="BuildTrustList.IsListed"/> decides.</param>
    /// <param name="previous">What was published before; null: nothing that can be believed.</param>
    /// <param name="highest">The last place that is taken on the list of foreign DSCs: both are walked as one.</param>
    public static Result<TrustListContent> From(
        TrustListRows rows, ValidityPolicy policy, DateTimeOffset now, TrustListContent? previous, long highest = 0)
    {
        var listed = rows.Dscs.Where(dsc => BuildTrustList.IsListed(dsc, policy, now))
            .Select(dsc => dsc.Dsc).DistinctBy(dsc => Convert.ToBase64String(dsc.Der.Span)).ToList();
        if (listed.Count == 0)
        {
            return BuildTrustList.WithoutDsc;
        }
        var lost = previous is null ? 0 : Lost(rows, previous, now);
        if (lost > 0)
        {
            return new Rejection(
                RejectionKind.Unavailable,
                $"The trust list would lose {lost} that no row explains: it is not published.");
        }
        var cscas = rows.Cscas.Where(csca => now < csca.NotAfter)
            .Select(csca => Convert.ToBase64String(csca.Der.Span)).Distinct().Order(StringComparer.Ordinal);
        return new TrustListContent(
            TrustListContent.CurrentVersion, [.. cscas], Places(listed, now, previous, highest),
            Left(rows, listed, now, previous));
    }

    /// <summary>Who stood on the list keeps the place, whoever is new comes after all of them.</summary>
    static IReadOnlyList<ListedSigner> Places(
        IEnumerable<OwnDsc> listed, DateTimeOffset now, TrustListContent? previous, long highest)
    {
        var known = (previous?.Dscs ?? []).ToDictionary(signer => signer.RawData, signer => signer.Listed);
        var free = Math.Max(now.ToUnixTimeSeconds(), known.Values.Append(highest).Max() + 1);
        return
        [
            .. listed.OrderBy(dsc => dsc.NotBefore).ThenBy(dsc => dsc.Kid.ToString(), StringComparer.Ordinal)
                .Select(dsc => (Dsc: dsc, Raw: Convert.ToBase64String(dsc.Der.Span)))
                .Select(one => new ListedSigner(
                    one.Dsc.Kid.ToString(), BuildTrustList.CountryOf(one.Dsc.Der.Span),
                    known.TryGetValue(one.Raw, out var place) ? place : free++, one.Raw))
                .OrderBy(signer => signer.Listed),
        ];
    }

    static IReadOnlyList<RemovedSigner> Left(
        TrustListRows rows, IEnumerable<OwnDsc> listed, DateTimeOffset now, TrustListContent? previous)
    {
        var known = (previous?.Removed ?? []).ToDictionary(signer => signer.Kid, signer => signer.At);
        return
        [
            .. rows.Dscs.Where(row => now < row.Dsc.NotAfter).Select(row => row.Dsc.Kid)
                .Except(listed.Select(dsc => dsc.Kid)).Select(kid => kid.ToString())
                .Select(kid => new RemovedSigner(kid, known.GetValueOrDefault(kid, now.ToUnixTimeSeconds())))
                .OrderBy(signer => signer.At).ThenBy(signer => signer.Kid, StringComparer.Ordinal),
        ];
    }

    /// <summary>
    /// Rows are never deleted: one that is gone and has not ended means another, or a damaged, store.
    /// </summary>
    static int Lost(TrustListRows rows, TrustListContent previous, DateTimeOffset now)
    {
        var here = rows.Dscs.Select(row => row.Dsc.Der).Concat(rows.Cscas.Select(csca => csca.Der))
            .Select(der => Convert.ToBase64String(der.Span)).ToHashSet();
        return previous.Dscs.Select(signer => signer.RawData).Concat(previous.Cscas).Count(raw =>
        {
            using var certificate = X509CertificateLoader.LoadCertificate(Convert.FromBase64String(raw));
            return now < certificate.NotAfter.ToUniversalTime() && !here.Contains(raw);
        });
    }
}
