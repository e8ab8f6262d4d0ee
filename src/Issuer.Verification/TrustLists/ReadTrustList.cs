using System.Collections.ObjectModel;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Issuer.Verification.X509;

namespace Issuer.Verification.TrustLists;

/// <summary>What a trust list says, as far as the anchor vouches for it.</summary>
/// <param name="Dscs">DER of every believed DSC.</param>
/// <param name="Cscas">DER of every believed CSCA.</param>
/// <param name="Disbelieved">The other items, each with the reason.</param>
/// <param name="Refusal">Why nothing could be read at all; null when the list was read.</param>
public sealed record TrustListReading(
    IReadOnlyList<byte[]> Dscs, IReadOnlyList<byte[]> Cscas, IReadOnlyList<DisbelievedItem> Disbelieved,
    string? Refusal = null)
{
    /// <summary>
    /// Since when the list says that it has a key, by the very array above; none where it says nothing. Under pinned
    /// CSCAs nobody signs it.
    /// </summary>
    public IReadOnlyDictionary<byte[], DateTimeOffset> Listed { get; init; } =
        ReadOnlyDictionary<byte[], DateTimeOffset>.Empty;

    /// <summary>What the verifier should be told, though the list is used: that it is stale.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Null: the list does not tell its age.</summary>
    public ListAge? Age { get; init; }
}

/// <summary>
/// An item that is not used: its place in the list from 0, why, and whose it is or calls itself, if anything.
/// </summary>
public sealed record DisbelievedItem(int Index, string Why, string? Name = null);

/// <summary>
/// The verifier's side: a list from anywhere, believed item by item. Whoever serves the list can leave items out; only
/// the signed manifest of a publication shows that.
/// </summary>
public static class ReadTrustList
{
    /// <summary>The whole world's list has about 1,000 items of 3 KB.</summary>
    public const int LongestFile = 16 * 1024 * 1024;

    public const int MostItems = 10_000;

    /// <summary>Reads a list; never throws on what it is given.</summary>
    /// <param name="json">UTF-8, with or without a BOM.</param>
    /// <param name="anchor">The trust anchor's certificate, DER or PEM, from a source that is trusted.</param>
    public static TrustListReading From(ReadOnlyMemory<byte> json, ReadOnlySpan<byte> anchor)
    {
        if (json.Length > LongestFile)
        {
            return Refused($"The trust list is longer than {LongestFile} bytes.");
        }
        try
        {
            using var certificate = X509CertificateLoader.LoadCertificate(anchor);
            using var document = JsonDocument.Parse(WithoutBom(json));
            var list = document.RootElement;
            if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() > MostItems)
            {
                return Refused($"The trust list is not an array of at most {MostItems} items.");
            }
            return Read(list, certificate);
        }
        catch (Exception e) when (ForeignBytes.MayThrow(e))
        {
            return Refused("The trust anchor is not an X.509 certificate.");
        }
        catch (JsonException)
        {
            return Refused("The trust list is not JSON.");
        }
    }

    static TrustListReading Read(JsonElement list, X509Certificate2 anchor)
    {
        List<byte[]> dscs = [];
        List<byte[]> cscas = [];
        Dictionary<byte[], DateTimeOffset> listed = [];
        List<DisbelievedItem> disbelieved = [];
        foreach (var (index, element) in list.EnumerateArray().Index())
        {
            var item = ItemOf(element);
            var (der, why) = item is null ? (null, "not an object of texts") : ItemCheck.Check(item, anchor);
            if (der is null)
            {
                disbelieved.Add(new DisbelievedItem(index, why!, item?.ForLogs));
            }
            else
            {
                (item!.CertificateType == TrustListItem.Csca ? cscas : dscs).Add(der);
                if (TrustListItem.TimeOf(item.Timestamp) is { } since)
                {
                    listed.Add(der, since);
                }
            }
        }
        return new TrustListReading(dscs, cscas, disbelieved) { Listed = listed };
    }

    /// <summary>Null: it is not an object of texts.</summary>
    public static TrustListItem? ItemOf(JsonElement element)
    {
        try
        {
            return element.Deserialize(PublishedJson.Plain.TrustListItem);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    public static ReadOnlyMemory<byte> WithoutBom(ReadOnlyMemory<byte> json) =>
        json.Span is [0xEF, 0xBB, 0xBF, ..] ? json[3..] : json;

    static TrustListReading Refused(string why) => new([], [], [], why);
}
