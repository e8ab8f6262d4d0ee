using System.Text.Json;
using System.Text.Json.Serialization;
using Issuer.Hcert;
using Issuer.Verification.Revocation;
using Issuer.Verification.TrustLists;

namespace Issuer.Verification.Publication;

/// <summary>Hashes that are looked up alike and end together.</summary>
/// <param name="Kid">Base64, or UNKNOWN_KID: whatever DSC of the country signed.</param>
/// <param name="HashType">SIGNATURE, UCI or COUNTRYCODEUCI.</param>
/// <param name="Expires">From then on they say nothing more.</param>
/// <param name="Hashes">16 bytes each, one after another, ascending, each once. Base64 in JSON.</param>
public sealed record ForeignGroup(string Kid, string HashType, DateTime Expires, byte[] Hashes);

/// <summary>
/// What one other country has revoked, as its batches at the gateway say: 22 bytes a certificate. Deterministic, so
/// that the same batches are the same file, named by its content.
/// </summary>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
public sealed record ForeignRevocations(int Version, string Country, IReadOnlyList<ForeignGroup> Groups)
{
    /// <summary>Of the file: three million hashes.</summary>
    public const int Longest = 64 * 1024 * 1024;

    const string Folder = "revocation/foreign/";
    const int CurrentVersion = 1;

    [JsonIgnore]
    public string FolderStart => StartOf(Country);

    public static bool IsFile(string path) => path.StartsWith(Folder, StringComparison.Ordinal);

    public static string StartOf(string country) => $"{Folder}{country.ToLowerInvariant()}-";

    /// <param name="batches">Of one country.</param>
    public static ForeignRevocations Of(string country, IEnumerable<ForeignBatch> batches) => new(
        CurrentVersion, country,
        [
            .. batches.GroupBy(batch => (Kid: KidOf(batch), Type: batch.HashType, batch.Expires))
                .OrderBy(group => group.Key.Kid, StringComparer.Ordinal).ThenBy(group => group.Key.Type)
                .ThenBy(group => group.Key.Expires)
                .Select(group => new ForeignGroup(
                    group.Key.Kid, group.Key.Type.ToWire(), group.Key.Expires.UtcDateTime,
                    Packed(group.SelectMany(batch => batch.Hashes)))),
        ]);

    public PublishedFile ToFile()
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(this, PublishedJson.Plain.ForeignRevocations);
        return new PublishedFile($"{FolderStart}{ListStatement.DigestOf(json)}.json", json, "application/json");
    }

    /// <summary>
    /// Null for anything but what we would have written, also when it lies under another country's name: a list half
    /// understood would let revoked certificates pass. Never throws.
    /// </summary>
    public static ForeignRevocations? Parse(string path, ReadOnlySpan<byte> json)
    {
        try
        {
            return json.Length <= Longest
                && JsonSerializer.Deserialize(json, PublishedJson.Strict.ForeignRevocations) is
                { Version: CurrentVersion, Country: [>= 'A' and <= 'Z', >= 'A' and <= 'Z'], Groups: not null } read
                && read.Groups.All(IsSound) && path.StartsWith(read.FolderStart, StringComparison.Ordinal)
                    ? read : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The hashes of a group, one by one.</summary>
    public static IEnumerable<RevocationHash> HashesOf(ForeignGroup group) =>
        group.Hashes.Chunk(RevocationHash.Length).Select(hash => new RevocationHash(hash));

    public static string KidOf(ForeignBatch batch) => batch.Kid?.ToString() ?? ForeignBatch.UnknownKid;

    static byte[] Packed(IEnumerable<RevocationHash> hashes) =>
        [.. hashes.Distinct().Order(RevocationHash.ByBytes).SelectMany(hash => hash.ToBytes())];

    static bool IsSound(ForeignGroup? group) =>
        group is { Kid: not null, Hashes.Length: > 0, Expires.Kind: DateTimeKind.Utc }
        && (group.Kid == ForeignBatch.UnknownKid || Kid.TryParse(group.Kid, out _))
        && HashTypes.Parse(group.HashType) is not null && group.Hashes.Length % RevocationHash.Length == 0
        && IsAscending(group.Hashes);

    static bool IsAscending(ReadOnlySpan<byte> hashes)
    {
        for (var at = RevocationHash.Length; at < hashes.Length; at += RevocationHash.Length)
        {
            if (hashes.Slice(at - RevocationHash.Length, RevocationHash.Length)
                .SequenceCompareTo(hashes.Slice(at, RevocationHash.Length)) >= 0)
            {
                return false;
            }
        }
        return true;
    }
}
