using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Issuer.Core.Gateway;
using Issuer.Core.Pki;
using Issuer.Hcert;
using Issuer.Verification.TrustLists;
using Issuer.Verification.X509;

namespace Issuer.Core.TrustLists;

/// <summary>A DSC of ours and when the last certificate under it expires; null: none is known.</summary>
public sealed record ListedDsc(OwnDsc Dsc, DateTimeOffset? LastExpiry);

/// <summary>All keys as the store has them, also those that are no longer listed.</summary>
public sealed record TrustListRows(IReadOnlyList<Csca> Cscas, IReadOnlyList<ListedDsc> Dscs)
{
    /// <summary>Other countries'.</summary>
    public IReadOnlyList<KnownKey> Foreign { get; init; } = [];
}

/// <summary>Step 12 for keys: the signed list of the CSCAs and DSCs that verifiers may accept.</summary>
public static class BuildTrustList
{
    internal static Rejection WithoutDsc { get; } = new(
        RejectionKind.Unavailable, "The trust list would hold no DSC: it is not published.");

    /// <summary>The items, sorted by kid, or a refusal: an empty list would turn every verifier against us.</summary>
    /// <param name="cscas">All of ours; those that have ended are left out.</param>
    /// <param name="dscs">All of ours; <see cref="IsListed"/> decides.</param>
    /// <param name="policy">Tells which DSCs can still sign.</param>
    /// <param name="anchor">Signs each item.</param>
    /// <param name="now">The timestamp of items that are new.</param>
    /// <param name="previous">The list before: what stands there, signed by the same anchor, keeps its item, so that
    /// an unchanged list stays the same bytes.</param>
    public static Result<IReadOnlyList<TrustListItem>> From(
        IEnumerable<Csca> cscas, IEnumerable<ListedDsc> dscs, ValidityPolicy policy, TrustAnchor anchor,
        DateTimeOffset now, IEnumerable<TrustListItem>? previous = null)
    {
        var listed = dscs.Where(dsc => IsListed(dsc, policy, now)).Select(dsc => dsc.Dsc.Der).ToList();
        if (listed.Count == 0)
        {
            return WithoutDsc;
        }
        var known = (previous ?? []).ToLookup(item => item.RawData);
        TrustListItem Item(string type, ReadOnlyMemory<byte> der)
        {
            var before = known[Convert.ToBase64String(der.Span)].FirstOrDefault(item => item.CertificateType == type);
            return before is not null && ItemCheck.Check(before, anchor.Certificate).Why is null
                ? before
                : NewItem(type, der.Span, anchor, now);
        }
        var items = cscas.Where(csca => now < csca.NotAfter).Select(csca => Item(TrustListItem.Csca, csca.Der))
            .Concat(listed.Select(der => Item(TrustListItem.Dsc, der)))
            .DistinctBy(item => item.Thumbprint)
            .OrderBy(item => item.Kid, StringComparer.Ordinal).ThenBy(item => item.Thumbprint, StringComparer.Ordinal);
        return new Result<IReadOnlyList<TrustListItem>>([.. items]);
    }

    /// <summary>
    /// A DSC is listed from its making on, since verifiers must know it before its first certificate, for as long as it
    /// can sign and until the last certificate it signed has expired. A withdrawn one leaves at once.
    /// </summary>
    public static bool IsListed(ListedDsc listed, ValidityPolicy policy, DateTimeOffset now)
    {
        var (dsc, lastExpiry) = listed;
        var canSign = dsc.NotAfter >= policy.ExpiryOf(now);
        return !dsc.Withdrawn && now < dsc.NotAfter && (canSign || lastExpiry is null || now < lastExpiry);
    }

    static TrustListItem NewItem(string type, ReadOnlySpan<byte> der, TrustAnchor anchor, DateTimeOffset now) => new(
        Kid.OfDsc(der).ToString(),
        now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        CountryOf(der),
        type,
        Convert.ToHexStringLower(SHA256.HashData(der)),
        Convert.ToBase64String(anchor.Sign(der, now)),
        Convert.ToBase64String(der));

    internal static string? CountryOf(ReadOnlySpan<byte> der)
    {
        using var certificate = X509CertificateLoader.LoadCertificate(der);
        return SubjectNames.CountryOf(certificate.SubjectName);
    }
}
