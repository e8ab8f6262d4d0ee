using System.Text.Json;
using Issuer.Hcert;
using Issuer.Verification.Revocation;

namespace Issuer.Verification.Publication;

/// <summary>
/// A DSC whose certificates are refused in part, as <c>GET /lists</c> tells it, and where its slices lie.
/// </summary>
/// <param name="Expires">When the last slice does.</param>
/// <param name="LastUpdated">When a slice of either kind last came, changed or went.</param>
/// <param name="Packs">Paths by the kind's name.</param>
public sealed record DistributedList(
    string Kid, string Mode, IReadOnlyList<string> HashTypes, DateTime Expires, DateTime LastUpdated,
    IReadOnlyDictionary<string, string> Packs);

/// <summary>
/// The file from which all others of the distribution are found. Each is named by its content, so that a publication is
/// all there until the manifest of the next.
/// </summary>
public static class DistributionLists
{
    const string Folder = "distribution/";
    const string ListsStart = Folder + "lists-";

    public static bool IsOurs(string path) => path.StartsWith(Folder, StringComparison.Ordinal);

    /// <summary>The file of a publication; null: it has none.</summary>
    public static string? Find(IEnumerable<string> paths) =>
        paths.FirstOrDefault(path => path.StartsWith(ListsStart, StringComparison.Ordinal));

    public static string PathOf(ReadOnlySpan<byte> lists) => $"{ListsStart}{Sha256Digest.Of(lists)}.json";

    public static string PackPath(DistributionPack pack, ReadOnlySpan<byte> content) =>
        $"{Folder}{Convert.ToHexStringLower(pack.Kid.ToBytes())}/{pack.Kind.ToWire().ToLowerInvariant()}-"
        + $"{Sha256Digest.Of(content)}.pack";

    /// <param name="lists">By kid.</param>
    public static byte[] Write(IReadOnlyList<DistributedList> lists) =>
        JsonSerializer.SerializeToUtf8Bytes(lists, PublishedJson.Plain.IReadOnlyListDistributedList);

    /// <summary>Null when these are not bytes that we would have written. Never throws.</summary>
    public static IReadOnlyList<DistributedList>? Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, PublishedJson.Plain.ListDistributedList) is { } read
                && read.TrueForAll(IsSound) ? [.. read.OfType<DistributedList>()] : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    static bool IsSound(DistributedList? list) =>
        list is { Mode: { } mode, HashTypes: not null, Packs: not null } && Hcert.Kid.TryParse(list.Kid, out _)
        && DistributionNames.ModeOf(mode) is not null && list.Packs.Values.All(path => path is not null
            && IsOurs(path) && ManifestFile.IsSound(path));
}
