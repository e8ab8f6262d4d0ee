using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Issuer.Verification.TrustLists;
using Issuer.Verification.X509;

namespace Issuer.Core.Gateway;

/// <summary>The gateway's answers to <c>GET /trustList/UPLOAD</c>, <c>/CSCA</c> and <c>/DSC</c>.</summary>
public sealed record GatewayLists(ReadOnlyMemory<byte> Uploads, ReadOnlyMemory<byte> Cscas, ReadOnlyMemory<byte> Dscs);

/// <summary>The three as items.</summary>
sealed record GatewayItems(
    IReadOnlyList<TrustListItem> Uploads, IReadOnlyList<TrustListItem> Cscas, IReadOnlyList<TrustListItem> Dscs);

/// <summary>
/// What of a gateway's trust list is believed. The gateway itself is not: its trust anchor, which is pinned, signs
/// every country's upload certificate and CSCA; the upload certificate signs the country's DSCs, and its CSCA issued
/// them.
/// </summary>
public static class BelieveKeys
{
    const string Anchor = "the gateway's trust anchor";

    /// <summary>
    /// Every item is believed or named; refused is what is no list at all. Never throws on foreign bytes.
    /// </summary>
    /// <param name="anchor">DER of the gateway's trust anchor, from its operator and not from the gateway.</param>
    /// <param name="own">Our country: nobody tells us our own keys.</param>
    public static Result<GatewayReading> From(GatewayLists lists, ReadOnlySpan<byte> anchor, string own)
    {
        List<Disbelieved> disbelieved = [];
        return Read(lists.Uploads, disbelieved) is { } uploads && Read(lists.Cscas, disbelieved) is { } cscas
            && Read(lists.Dscs, disbelieved) is { } dscs
            ? Judge(new GatewayItems(uploads, cscas, dscs), anchor, own, disbelieved)
            : new Rejection(RejectionKind.Malformed, "the gateway's answer is not a trust list");
    }

    /// <summary>The same for lists that have been read.</summary>
    /// <param name="disbelieved">What reading them has left out; the rest comes to it.</param>
    internal static GatewayReading Judge(
        GatewayItems lists, ReadOnlySpan<byte> anchor, string own, List<Disbelieved> disbelieved)
    {
        using var pinned = X509CertificateLoader.LoadCertificate(anchor);
        var uploads = Believed(TrustListItem.Upload, lists.Uploads, _ => [pinned], Anchor, (_, _) => null);
        using var uploadX509 = new ByCountry(uploads);
        var cscas = Believed(TrustListItem.Csca, lists.Cscas, _ => [pinned], Anchor, (_, _) => null);
        using var cscaX509 = new ByCountry(cscas);
        var dscs = Believed(
            TrustListItem.Dsc, lists.Dscs, uploadX509.Of, "a believed upload certificate of its country",
            (country, der) =>
                IsIssuedByOneOf(cscaX509.Of(country), der) ? null : "no believed CSCA of its country issued it");
        return new GatewayReading(
            [.. uploads.Concat(cscas).Concat(dscs).DistinctBy(key => key.Thumbprint)
                .OrderBy(key => key.Country, StringComparer.Ordinal)
                .ThenBy(key => key.Thumbprint, StringComparer.Ordinal)],
            disbelieved);

        List<GatewayKey> Believed(
            string kind, IReadOnlyList<TrustListItem> items, Func<string, IReadOnlyList<X509Certificate2>> signers,
            string who, Func<string, byte[], string?> whyNot)
        {
            List<GatewayKey> believed = [];
            foreach (var item in items.Where(item => item.Country != own && !IsDeleted(item)))
            {
                var (der, why) = ItemCheck.CheckAs(kind, item, signers(item.Country ?? ""), who);
                why ??= whyNot(item.Country!, der!);
                if (why is null)
                {
                    believed.Add(new GatewayKey(
                        kind, item.Country!, item.Kid!, der!,
                        TrustListItem.TimeOf(item.Timestamp) ?? DateTimeOffset.UnixEpoch));
                }
                else
                {
                    disbelieved.Add(new Disbelieved($"{kind} {item.ForLogs}", why));
                }
            }
            return believed;
        }
    }

    /// <summary>How the gateway tells that a key is gone when it is asked for changes.</summary>
    static bool IsDeleted(TrustListItem item) => item.RawData is null && item.Signature is null;

    /// <summary>Null: no list at all.</summary>
    internal static List<TrustListItem>? Read(ReadOnlyMemory<byte> json, List<Disbelieved> disbelieved)
    {
        try
        {
            using var document = JsonDocument.Parse(ReadTrustList.WithoutBom(json));
            var list = document.RootElement;
            if (json.Length > ReadTrustList.LongestFile || list.ValueKind != JsonValueKind.Array
                || list.GetArrayLength() > ReadTrustList.MostItems)
            {
                return null;
            }
            List<TrustListItem> items = [];
            foreach (var (index, element) in list.EnumerateArray().Index())
            {
                if (ReadTrustList.ItemOf(element) is { } item)
                {
                    items.Add(item);
                }
                else
                {
                    disbelieved.Add(new Disbelieved(
                        string.Create(CultureInfo.InvariantCulture, $"item {index}"), "not an object of texts"));
                }
            }
            return items;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    static bool IsIssuedByOneOf(IEnumerable<X509Certificate2> cscas, byte[] der)
    {
        using var dsc = X509CertificateLoader.LoadCertificate(der);
        return cscas.Any(csca => IssuerSignature.Holds(dsc, csca));
    }

    /// <summary>Certificates loaded once, by country.</summary>
    sealed class ByCountry(IEnumerable<GatewayKey> keys) : IDisposable
    {
        readonly ILookup<string, X509Certificate2> certificates = keys.ToLookup(
            key => key.Country, key => X509CertificateLoader.LoadCertificate(key.Der.Span));

        public IReadOnlyList<X509Certificate2> Of(string country) => [.. certificates[country]];

        public void Dispose()
        {
            foreach (var certificate in certificates.SelectMany(group => group))
            {
                certificate.Dispose();
            }
        }
    }
}
