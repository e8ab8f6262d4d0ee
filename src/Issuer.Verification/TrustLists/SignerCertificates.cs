using System.Text.Json.Serialization;

namespace Issuer.Verification.TrustLists;

/// <summary>What has changed, in kids.</summary>
public sealed record SignerCertificateDelta(
    [property: JsonPropertyName("updated")] IReadOnlyList<string> Updated,
    [property: JsonPropertyName("deleted")] IReadOnlyList<string> Deleted);

/// <summary>A DSC in the answer to a list of kids.</summary>
public sealed record SignerCertificate(
    [property: JsonPropertyName("kid")] string Kid, [property: JsonPropertyName("rawData")] string RawData);

/// <summary>
/// The answers of the verifier API (dgca-verifier-service; standards/eu-dcc.md 2.3). An app walks the DSCs one by one
/// with a resume token. Places never change and new ones come last, so that whatever is published between two steps, it
/// meets each DSC that stays once: a withdrawn one is stepped over.
/// </summary>
public static class SignerCertificates
{
    /// <summary>A publication becomes visible a little after its moment; being told twice harms nobody.</summary>
    static readonly TimeSpan Overlap = TimeSpan.FromHours(1);

    /// <summary>All that an app may accept: ours and the other countries'.</summary>
    public static TrustListContent With(this TrustListContent content, ForeignTrustContent? foreign)
    {
        if (foreign is null)
        {
            return content;
        }
        IReadOnlyList<ListedSigner> dscs =
        [
            .. content.Dscs.Concat(foreign.Dscs.Select(
                one => new ListedSigner(one.Kid, one.Country, one.Listed, one.RawData))).OrderBy(one => one.Listed),
        ];
        var listed = dscs.Select(one => one.Kid).ToHashSet();
        return content with
        {
            Dscs = dscs,
            Removed =
            [
                .. content.Removed.Concat(foreign.Removed).Where(one => !listed.Contains(one.Kid))
                    .OrderBy(one => one.At),
            ],
        };
    }

    /// <summary>The one after a place; null: there is no more.</summary>
    public static ListedSigner? After(this TrustListContent content, long? token) =>
        content.Dscs.FirstOrDefault(signer => token is null || signer.Listed > token);

    public static IReadOnlyList<string> Kids(this TrustListContent content) =>
        [.. content.Dscs.Select(signer => signer.Kid).Distinct()];

    /// <summary>Everything when no moment is given.</summary>
    public static SignerCertificateDelta Since(this TrustListContent content, DateTimeOffset? moment)
    {
        var from = moment is { } since && since > DateTimeOffset.UnixEpoch + Overlap
            ? (since - Overlap).ToUnixTimeSeconds() : 0;
        return new SignerCertificateDelta(
            [.. content.Dscs.Where(signer => signer.Listed >= from).Select(signer => signer.Kid).Distinct()],
            [.. content.Removed.Where(signer => signer.At >= from).Select(signer => signer.Kid)]);
    }

    /// <summary>By country; kids that are not on the list are left out.</summary>
    public static IReadOnlyDictionary<string, SignerCertificate[]> Of(
        this TrustListContent content, IEnumerable<string> kids)
    {
        var asked = kids.ToHashSet();
        return content.Dscs.Where(signer => asked.Contains(signer.Kid)).GroupBy(signer => signer.Country ?? "")
            .ToDictionary(
                group => group.Key,
                group => group.Select(signer => new SignerCertificate(signer.Kid, signer.RawData)).ToArray());
    }
}
