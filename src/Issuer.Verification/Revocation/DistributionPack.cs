using System.Text.Json;
using Issuer.Hcert;

namespace Issuer.Verification.Revocation;

/// <summary>A slice that was published.</summary>
/// <param name="Since">When it was first published with these bytes in this place.</param>
public sealed record PackedSlice(DateTimeOffset Expires, DateTimeOffset Since, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>What verifiers ask for it by.</summary>
    public Sha256Digest Id { get; } = Sha256Digest.Of(Bytes.Span);
}

/// <param name="Id">Null in the point mode.</param>
/// <param name="LastUpdated">When a slice last came, changed or went.</param>
/// <param name="Chunks">By name; the slices of each by expiry.</param>
public sealed record PackPartition(
    string? Id, DateTimeOffset LastUpdated, IReadOnlyDictionary<string, IReadOnlyList<PackedSlice>> Chunks)
{
    public DateTimeOffset Expires => Chunks.Values.SelectMany(slices => slices).Max(slice => slice.Expires);
}

/// <summary>
/// All slices of one DSC and kind in one file, since there may be two hundred thousand of them: a line of JSON that
/// says where each belongs and how long it is, a line feed, then the slices one after another in its order. Moments are
/// seconds since 1970. The same slices with the same history give the same bytes.
/// </summary>
public sealed record DistributionPack(
    Kid Kid, SliceKind Kind, DistributionMode Mode, IReadOnlyList<PackPartition> Partitions)
{
    const int CurrentVersion = 1;

    public byte[] Write()
    {
        var slices = Partitions.SelectMany(partition => partition.Chunks.Values).SelectMany(chunk => chunk);
        using var pack = new MemoryStream();
        pack.Write(JsonSerializer.SerializeToUtf8Bytes(
            new PackHead(
                CurrentVersion, Kid.ToString(), Kind.ToWire(), Mode.ToWire(), [.. Partitions.Select(PackPlace.Of)]),
            PublishedJson.Plain.PackHead));
        pack.WriteByte((byte)'\n');
        foreach (var slice in slices)
        {
            pack.Write(slice.Bytes.Span);
        }
        return pack.ToArray();
    }

    /// <summary>Null when these are not bytes that we would have written. Never throws.</summary>
    public static DistributionPack? Read(ReadOnlyMemory<byte> pack)
    {
        var end = pack.Span.IndexOf((byte)'\n');
        if (end < 0 || HeadOf(pack.Span[..end]) is not
            { Version: CurrentVersion, Kid: { } name, Type: { } type, Mode: { } mode, Partitions: { } places }
            || !Kid.TryParse(name, out var kid) || DistributionNames.KindOf(type) is not { } kind
            || DistributionNames.ModeOf(mode) is not { } division)
        {
            return null;
        }
        var rest = pack[(end + 1)..];
        var partitions = new List<PackPartition>();
        foreach (var place in places)
        {
            if (place?.Read(kid, division, ref rest) is not { } partition)
            {
                return null;
            }
            partitions.Add(partition);
        }
        return rest.IsEmpty ? new DistributionPack(kid, kind, division, partitions) : null;
    }

    static PackHead? HeadOf(ReadOnlySpan<byte> line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, PublishedJson.Plain.PackHead);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

sealed record PackHead(int Version, string? Kid, string? Type, string? Mode, List<PackPlace?>? Partitions);

sealed record PackEntry(long Expires, long Since, int Length);

sealed record PackPlace(string? Id, long LastUpdated, Dictionary<string, List<PackEntry?>?>? Chunks)
{
    const long LastMoment = 253_402_300_799;

    public static PackPlace Of(PackPartition partition) => new(
        partition.Id, partition.LastUpdated.ToUnixTimeSeconds(),
        partition.Chunks.ToDictionary(chunk => chunk.Key, chunk => (List<PackEntry?>?)[.. chunk.Value.Select(
            slice => new PackEntry(
                slice.Expires.ToUnixTimeSeconds(), slice.Since.ToUnixTimeSeconds(), slice.Bytes.Length))]));

    public PackPartition? Read(Kid kid, DistributionMode mode, ref ReadOnlyMemory<byte> rest)
    {
        var chunks = new Dictionary<string, IReadOnlyList<PackedSlice>>();
        foreach (var (chunk, entries) in Chunks ?? [])
        {
            if (DistributionModes.ChunkAt(mode, new ChunkAddress(kid, Id, chunk)) is null || entries is not [_, ..])
            {
                return null;
            }
            var slices = new List<PackedSlice>();
            foreach (var entry in entries)
            {
                if (entry is null || entry.Length <= 0 || entry.Length > rest.Length || !IsMoment(entry.Expires)
                    || !IsMoment(entry.Since))
                {
                    return null;
                }
                slices.Add(new PackedSlice(DateTimeOffset.FromUnixTimeSeconds(entry.Expires),
                    DateTimeOffset.FromUnixTimeSeconds(entry.Since), rest[..entry.Length]));
                rest = rest[entry.Length..];
            }
            chunks.Add(chunk, slices);
        }
        return chunks.Count > 0 && IsMoment(LastUpdated)
            ? new PackPartition(Id, DateTimeOffset.FromUnixTimeSeconds(LastUpdated), chunks)
            : null;
    }

    static bool IsMoment(long seconds) => seconds is >= 0 and <= LastMoment;
}
