using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using HcertKid = Issuer.Hcert.Kid;

namespace Issuer.Verification.TrustLists;

/// <summary>
/// One entry in the shape of the EU gateway (dgc-gateway, <c>GET /trustList</c>). Everything is text as it stands on
/// the wire and may be null or nonsense in a foreign list.
/// </summary>
/// <param name="Kid">Base64 of the first 8 bytes of the DER's SHA-256.</param>
/// <param name="Timestamp">When it was put on the list, <c>yyyy-MM-ddTHH:mm:ssZ</c>.</param>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="CertificateType"><c>DSC</c> or <c>CSCA</c>; the gateway has others.</param>
/// <param name="Thumbprint">SHA-256 of the DER in lower-case hex.</param>
/// <param name="Signature">Base64 of the detached CMS over the DER. Null with the gateway: deleted.</param>
/// <param name="RawData">Base64 of the DER. Null with the gateway: deleted.</param>
public sealed record TrustListItem(
    [property: JsonPropertyName("kid")] string? Kid,
    [property: JsonPropertyName("timestamp")] string? Timestamp,
    [property: JsonPropertyName("country")] string? Country,
    [property: JsonPropertyName("certificateType")] string? CertificateType,
    [property: JsonPropertyName("thumbprint")] string? Thumbprint,
    [property: JsonPropertyName("signature")] string? Signature,
    [property: JsonPropertyName("rawData")] string? RawData)
{
    public const string Dsc = "DSC";
    public const string Csca = "CSCA";

    /// <summary>Of the gateway alone: what a country signs its uploads with.</summary>
    public const string Upload = "UPLOAD";

    /// <summary>Nothing of a foreign text that is not what it should be.</summary>
    [JsonIgnore]
    public string ForLogs => NameOf(Country, HcertKid.TryParse(Kid, out var kid) ? kid.ToString() : null);

    public static string NameOf(string? country, string? kid) =>
        $"{(country is [>= 'A' and <= 'Z', >= 'A' and <= 'Z'] ? country : "??")} {kid ?? "without a kid"}";

    /// <summary>
    /// What a foreign list says of a time, in whole seconds; null: nothing. Unreadable counts as long ago: then a key
    /// can never come back once it has left.
    /// </summary>
    public static DateTimeOffset? TimeOf(string? text) => text is null ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds()) : DateTimeOffset.UnixEpoch;

    /// <summary>A list as UTF-8 JSON without a BOM, always laid out the same.</summary>
    public static byte[] ToJson(IReadOnlyList<TrustListItem> items) =>
        JsonSerializer.SerializeToUtf8Bytes(items, PublishedJson.Plain.IReadOnlyListTrustListItem);

    /// <summary>
    /// A list of our own as it was published; empty when the file is damaged, and every item is signed anew.
    /// </summary>
    public static IReadOnlyList<TrustListItem> ParsePublished(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, PublishedJson.Plain.ListTrustListItem) ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
