using System.Globalization;
using System.Text.Json.Serialization;
using Issuer.Core.Revocation;
using Issuer.Verification.Publication;
using Issuer.Verification.Revocation;

namespace Issuer.Server.Edge.Rest.Publication;

/// <summary>The shapes and dates of the distribution service (eu-dcc.md 2.4), whose names are not ours.</summary>
sealed record ListView(
    [property: JsonPropertyName("kid")] string Kid, [property: JsonPropertyName("mode")] string Mode,
    [property: JsonPropertyName("hashTypes")] IReadOnlyList<string> HashTypes,
    [property: JsonPropertyName("expires")] string Expires,
    [property: JsonPropertyName("lastUpdated")] string LastUpdated)
{
    public static ListView Of(DistributedList list) => new(
        list.Kid, list.Mode, list.HashTypes, Moments.Seconds(list.Expires), Moments.Seconds(list.LastUpdated));
}

/// <param name="Hash">The name of the slice: SHA-256 of its bytes.</param>
sealed record SliceView(
    [property: JsonPropertyName("type")] string Type, [property: JsonPropertyName("version")] string Version,
    [property: JsonPropertyName("hash")] string Hash)
{
    public const string CurrentVersion = "1.0";
}

/// <param name="X">The first digit of its hashes; null in the point mode.</param>
/// <param name="Y">The second; null but in the coordinate mode.</param>
/// <param name="Chunks">By chunk id and expiry.</param>
sealed record PartitionView(
    [property: JsonPropertyName("kid")] string Kid, [property: JsonPropertyName("id")] string? Id,
    [property: JsonPropertyName("x")] string? X, [property: JsonPropertyName("y")] string? Y,
    [property: JsonPropertyName("lastUpdated")] string LastUpdated,
    [property: JsonPropertyName("expired")] string Expired,
    [property: JsonPropertyName("chunks")]
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, SliceView>> Chunks)
{
    public static PartitionView Of(DistributionPack pack, PackPartition partition) => new(
        pack.Kid.ToString(), partition.Id, partition.Id?[..1], partition.Id is [_, var y] ? $"{y}" : null,
        Moments.Microseconds(partition.LastUpdated), Moments.Seconds(partition.Expires.UtcDateTime),
        partition.Chunks.ToDictionary(
            chunk => chunk.Key,
            chunk => (IReadOnlyDictionary<string, SliceView>)chunk.Value.ToDictionary(
                slice => Moments.Seconds(slice.Expires.UtcDateTime),
                slice => new SliceView(pack.Kind.ToWire(), SliceView.CurrentVersion, slice.Id.ToString()))));
}

static class Moments
{
    public static string Seconds(DateTime utc) =>
        utc.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static string Microseconds(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
