using Issuer.Core.Revocation;
using Issuer.Hcert;
using Issuer.Verification.Publication;
using Issuer.Verification.Revocation;

namespace Issuer.Core.Publication;

/// <summary>What is out there: names and dates of what did not change are taken from it, nothing else.</summary>
public sealed record DistributionBefore(IReadOnlyList<DistributedList> Lists, IReadOnlyList<DistributionPack> Packs)
{
    public static DistributionBefore Nothing { get; } = new([], []);

    /// <summary>Files that cannot be read, or are not there, count as none: everything is new then.</summary>
    public static async Task<DistributionBefore> ReadAsync(
        IPublicationStore store, IReadOnlyList<string> paths, CancellationToken cancel)
    {
        if (DistributionLists.Find(paths) is not { } path || await store.FileAsync(path, cancel) is not { } file
            || DistributionLists.Read(file.Bytes) is not { } lists)
        {
            return Nothing;
        }
        var packs = new List<DistributionPack>();
        foreach (var named in lists.SelectMany(list => list.Packs.Values))
        {
            if (await store.FileAsync(named, cancel) is { } pack && DistributionPack.Read(pack.Bytes) is { } read)
            {
                packs.Add(read);
            }
        }
        return new DistributionBefore(lists, packs);
    }
}

/// <summary>
/// Step 12 for the EU's distribution API: every slice of either kind, proved by <see cref="ProveSlices"/> before it is
/// published. A slice whose set did not change keeps its bytes, its name and its date.
/// </summary>
public sealed class BuildDistribution
{
    const string PackType = "application/octet-stream";

    static readonly SliceKind[] Kinds = [SliceKind.Bloom, SliceKind.Prefix];

    readonly DistributionBefore before;
    readonly IReadOnlyList<(SliceKind Kind, BuildSlices Slices)> lists;

    /// <param name="entries">All revoked and suspended ones whose batch has not expired.</param>
    public BuildDistribution(
        IReadOnlyList<RevocationEntry> entries, DistributionThresholds thresholds, DistributionBefore before)
    {
        this.before = before;
        lists = [.. Kinds.Select(kind => (kind, new BuildSlices(kind, entries, thresholds)))];
        foreach (var pack in before.Packs)
        {
            var ofKind = lists.First(list => list.Kind == pack.Kind).Slices;
            foreach (var (address, slice) in SlicesOf(pack))
            {
                ofKind.Keep(address, slice.Expires, slice.Bytes.Span);
            }
        }
    }

    /// <summary>Whether a verifier would refuse this certificate, whichever kind it takes.</summary>
    public bool MayRefuse(Kid kid, RevocationHash hash) =>
        lists.All(list => list.Slices.MayRefuse(kid, hash.ToBytes()));

    public ProveSlices Prove() => new([.. lists.Select(list => list.Slices)]);

    /// <summary>All of it as files.</summary>
    /// <param name="paths">Of the publication before.</param>
    public FileSet Files(IReadOnlyList<string> paths, DateTimeOffset now)
    {
        var moment = DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds());
        var packs = lists.SelectMany(list => list.Slices.Slices.GroupBy(placed => placed.Address.Kid)
            .Select(group => Pack(group.Key, list.Kind, list.Slices.ModeOf(group.Key), group, moment)))
            .Select(pack => (Pack: pack, Bytes: pack.Write()))
            .Select(made => (made.Pack, File: new PublishedFile(
                DistributionLists.PackPath(made.Pack, made.Bytes), made.Bytes, PackType)))
            .ToList();
        var root = DistributionLists.Write([.. packs.GroupBy(made => made.Pack.Kid)
            .OrderBy(group => group.Key.ToString(), StringComparer.Ordinal)
            .Select(group => ListOf([.. group], moment))]);
        var isKept = packs.Select(made => made.File)
            .Append(new PublishedFile(DistributionLists.PathOf(root), root, "application/json"))
            .ToLookup(file => paths.Contains(file.Path));
        return new FileSet([.. isKept[false]], [.. isKept[true].Select(file => file.Path)]);
    }

    DistributedList ListOf(IReadOnlyList<(DistributionPack Pack, PublishedFile File)> ofKid, DateTimeOffset now)
    {
        var list = new DistributedList(
            ofKid[0].Pack.Kid.ToString(), ofKid[0].Pack.Mode.ToWire(), ["SIGNATURE"],
            ofKid[0].Pack.Partitions.Max(partition => partition.Expires).UtcDateTime, now.UtcDateTime,
            ofKid.ToDictionary(made => made.Pack.Kind.ToWire(), made => made.File.Path));
        return before.Lists.FirstOrDefault(old => old.Kid == list.Kid) is { } known
            && known.Packs.Values.ToHashSet().SetEquals(list.Packs.Values)
                ? list with { LastUpdated = known.LastUpdated }
                : list;
    }

    DistributionPack Pack(
        Kid kid, SliceKind kind, DistributionMode mode, IEnumerable<PlacedSlice> slices, DateTimeOffset now)
    {
        var old = before.Packs.FirstOrDefault(pack => (pack.Kid, pack.Kind, pack.Mode) == (kid, kind, mode));
        var known = (old is null ? [] : SlicesOf(old))
            .ToDictionary(known => (known.Address, known.Slice.Expires), known => known.Slice);
        var partitions = slices.GroupBy(placed => placed.Address.Partition).Select(partition =>
        {
            var chunks = partition.GroupBy(placed => placed.Address.Chunk).ToDictionary(
                chunk => chunk.Key,
                chunk => (IReadOnlyList<PackedSlice>)[.. chunk.Select(placed => Dated(placed, known, now))]);
            return new PackPartition(partition.Key, LastUpdated(partition.Key, chunks, old, now), chunks);
        });
        return new DistributionPack(kid, kind, mode, [.. partitions]);
    }

    static PackedSlice Dated(
        PlacedSlice placed, Dictionary<(ChunkAddress, DateTimeOffset), PackedSlice> known, DateTimeOffset now) =>
        known.GetValueOrDefault((placed.Address, placed.Expires)) is { } same
            && same.Bytes.Span.SequenceEqual(placed.Slice.Bytes.Span)
                ? same
                : new PackedSlice(placed.Expires, now, placed.Slice.Bytes);

    static DateTimeOffset LastUpdated(
        string? partition, Dictionary<string, IReadOnlyList<PackedSlice>> chunks, DistributionPack? old,
        DateTimeOffset now) => old?.Partitions.FirstOrDefault(one => one.Id == partition) is { } known
            && known.Chunks.Values.Sum(slices => slices.Count) == chunks.Values.Sum(slices => slices.Count)
            && known.Chunks.All(chunk => chunks.TryGetValue(chunk.Key, out var slices)
                && slices.SequenceEqual(chunk.Value, ReferenceEqualityComparer.Instance))
                ? known.LastUpdated
                : now;

    static IEnumerable<(ChunkAddress Address, PackedSlice Slice)> SlicesOf(DistributionPack pack) =>
        pack.Partitions.SelectMany(partition => partition.Chunks.SelectMany(chunk => chunk.Value.Select(
            slice => (new ChunkAddress(pack.Kid, partition.Id, chunk.Key), slice))));
}
