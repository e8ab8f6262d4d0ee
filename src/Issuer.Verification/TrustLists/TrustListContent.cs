using System.Text.Json;

namespace Issuer.Verification.TrustLists;

/// <summary>A DSC that verifiers accept.</summary>
/// <param name="Kid">Base64.</param>
/// <param name="Country">C of its subject.</param>
/// <param name="Listed">
/// The Unix second in which it was listed, or the next free one: its place on the list, and the resume token of the EU
/// apps. Taken from the clock, it still rises when everything published before is lost: an app then fetches a DSC
/// twice and misses none.
/// </param>
/// <param name="RawData">Base64 of the DER.</param>
public sealed record ListedSigner(string Kid, string? Country, long Listed, string RawData);

/// <summary>A DSC that has left the list, named until it ends itself.</summary>
/// <param name="At">Unix second.</param>
public sealed record RemovedSigner(string Kid, long At);

/// <summary>
/// What the trust list says, and all that it says: every published form and every answer to a verifier comes from one
/// of these. It holds nothing that changes by the day, so its file is named by its content and kept for ever.
/// </summary>
/// <param name="Cscas">Base64 of their DER.</param>
/// <param name="Dscs">In the order in which they were listed.</param>
public sealed record TrustListContent(
    int Version, IReadOnlyList<string> Cscas, IReadOnlyList<ListedSigner> Dscs, IReadOnlyList<RemovedSigner> Removed)
{
    public const int CurrentVersion = 1;

    /// <summary>Null when it is not one.</summary>
    public static TrustListContent? Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, PublishedJson.Plain.TrustListContent) is
            { Version: CurrentVersion, Cscas: not null, Dscs: not null, Removed: not null } content ? content : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public byte[] ToJson() =>
        JsonSerializer.SerializeToUtf8Bytes(this, PublishedJson.Plain.TrustListContent);
}
