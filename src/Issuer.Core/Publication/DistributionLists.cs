using System.Text.Json;
using Issuer.Core.Revocation;
using Issuer.Core.TrustLists;
using Issuer.Hcert;

namespace Issuer.Core.Publication;

/// <summary>A DSC whose certificates are refused in part, as <c>GET /lists</c> tells it, and where its slices lie.</summary>
/// <param name="Expires">When the last slice does.</param>
/// <param name="LastUpdated">When a slice of either kind last came, changed or went.</param>
/// <param name="Packs">Paths by the kind's name.</param>
public sealed record DistributedList(
    string Kid, string Mode, IReadOnlyList<string> HashTypes, DateTime Expires, DateTime LastUpdated,
    IReadOnlyDictionary<string, string> Packs);

/// <summary>
/// The one file of the distribution that changes; the packs it names are named by their content. By kid.
/// </summary>
public static class DistributionLists
{
    public const string Path = Folder + "lists.json";

    const string Folder = "distribution/";
    const string PackEnd = ".pack";

    public static bool IsOurs(string path) => path.StartsWith(Folder, StringComparison.Ordinal);

    /// <summary>Before <see cref="Path"/> in the order of paths, so that what is named is there first.</summary>
    public static string PackPath(DistributionPack pack, ReadOnlySpan<byte> content) =>
        $"{Folder}{Convert.ToHexStringLower(pack.Kid.ToBytes())}/{pack.Kind.ToWire().ToLowerInvariant()}-"
        + $"{Sha256Digest.Of(content)}{PackEnd}";

    public static byte[] Write(IReadOnlyList<DistributedList> lists) =>
        JsonSerializer.SerializeToUtf8Bytes(lists, TrustListItem.Json);

    /// <summary>Null when these are not bytes that we would have written. Never throws.</summary>
    public static IReadOnlyList<DistributedList>? Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<List<DistributedList?>>(json, TrustListItem.Json) is { } read
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
