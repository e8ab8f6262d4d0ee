using System.Text.Json;

namespace Issuer.Verification.TrustLists;

/// <summary>Another country's DSC that verifiers accept.</summary>
/// <param name="Listed">A place among ours and theirs, as in <see cref="ListedSigner"/>.</param>
/// <param name="VouchedBy">Where it was believed: the gateway, or the name under which a file was imported.</param>
public sealed record ForeignSigner(
    string Kid, string Country, long Listed, string RawData, IReadOnlyList<string> VouchedBy);

/// <summary>
/// What is published of other countries' DSCs: beside <see cref="TrustListContent"/>, under the same statement.
/// </summary>
/// <param name="Dscs">In the order in which they were listed.</param>
public sealed record ForeignTrustContent(
    int Version, IReadOnlyList<ForeignSigner> Dscs, IReadOnlyList<RemovedSigner> Removed)
{
    public const int CurrentVersion = 1;

    /// <summary>Null when it is not one: one entry that is nothing and none is taken.</summary>
    public static ForeignTrustContent? Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return json.Length <= ReadTrustList.LongestFile
                && JsonSerializer.Deserialize(json, PublishedJson.Plain.ForeignTrustContent) is
                { Version: CurrentVersion, Dscs: { Count: <= ReadTrustList.MostItems } dscs, Removed: not null } content
                && dscs.All(one => one is { Kid: not null, Country: not null, RawData: not null, VouchedBy: not null })
                && content.Removed.All(one => one is { Kid: not null })
                    ? content : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public byte[] ToJson() =>
        JsonSerializer.SerializeToUtf8Bytes(this, PublishedJson.Plain.ForeignTrustContent);
}
