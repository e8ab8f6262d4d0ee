using System.Security.Cryptography;
using System.Text;
using Issuer.Core.Publication;
using Issuer.Hcert;
using Issuer.Verification;
using Issuer.Verification.Publication;
using Issuer.Verification.Revocation;

namespace Issuer.Tests.Publication;

public sealed class DistributionPackTests
{
    static readonly Kid[] Dscs = [new([0xFB, 0xFF, 3, 4, 5, 6, 7, 8]), new([8, 7, 6, 5, 4, 3, 2, 1])];

    /// <summary>Of the publication before.</summary>
    List<string> paths = [];

    [Theory]
    [InlineData(1000, 2000, DistributionMode.Point)]
    [InlineData(0, 2000, DistributionMode.Vector)]
    [InlineData(0, 0, DistributionMode.Coordinate)]
    public void What_is_written_is_read(long point, long vector, DistributionMode mode)
    {
        var (files, packs) = Build(Enumerable.Range(0, 300), new(point, vector), DistributionBefore.Nothing, Given.Now);
        Assert.Equal(4, packs.Count);
        Assert.Equal(5, files.Changed.Count);
        Assert.All(files.Changed, file => Assert.True(ManifestFile.IsSound(file.Path)));
        Assert.All(files.Changed, file => Assert.Contains($"-{Sha256Digest.Of(file.Bytes)}.", file.Path));
        foreach (var kind in new[] { SliceKind.Bloom, SliceKind.Prefix })
        {
            var built = new BuildSlices(kind, Entries(Enumerable.Range(0, 300)), new(point, vector)).Slices
                .Select(placed => (placed.Address, placed.Expires, Sha256Digest.Of(placed.Slice.Bytes.Span)));
            Assert.Equal(built, Slices(packs).Where(one => one.Pack.Kind == kind)
                .Select(one => (one.Address, one.Slice.Expires, one.Slice.Id)));
        }
        Assert.All(packs, pack => Assert.Equal(mode, pack.Mode));
        Assert.All(Slices(packs), one => Assert.Equal(Given.Now, one.Slice.Since));
    }

    [Fact]
    public void Of_the_same_revocations_later_nothing_is_written_again()
    {
        var first = First(DistributionThresholds.Reference);
        var (again, _) = Build(
            Enumerable.Range(0, 300).Reverse(), DistributionThresholds.Reference, first, Given.Now.AddDays(1));
        Assert.Empty(again.Changed);
        Assert.Equal(5, again.Kept.Count);
    }

    [Fact]
    public void What_changed_has_a_new_date_and_the_rest_keeps_its_own()
    {
        var thresholds = new DistributionThresholds(0, 1000);
        var first = First(thresholds);
        var later = Given.Now.AddDays(1);
        // 300 comes, 7 goes.
        var (files, packs) = Build(Enumerable.Range(0, 301).Where(i => i != 7), thresholds, first, later);
        var changed = new[] { 300, 7 }.Select(i => (Kid: Dscs[i % 2], Partition: $"{HashOf(i)}"[..1])).ToHashSet();
        Assert.Equal(2, changed.Count);
        foreach (var pack in packs)
        {
            foreach (var partition in pack.Partitions)
            {
                var isChanged = changed.Contains((pack.Kid, partition.Id!));
                Assert.Equal(isChanged ? later : Given.Now, partition.LastUpdated);
                var fresh = partition.Chunks.Values.SelectMany(slices => slices).Count(slice => slice.Since == later);
                Assert.InRange(fresh, 0, isChanged ? 1 : 0);
            }
        }
        Assert.Equal(5, files.Changed.Count);
        var lists = DistributionLists.Read(Root(files).Bytes)!;
        Assert.All(lists, list => Assert.Equal(later.UtcDateTime, list.LastUpdated));
    }

    [Fact]
    public void A_kid_without_revocations_leaves_and_another_keeps_its_date()
    {
        var first = First(DistributionThresholds.Reference);
        var even = Enumerable.Range(0, 150).Select(i => 2 * i);
        var (files, _) = Build(even, DistributionThresholds.Reference, first, Given.Now.AddDays(1));
        var root = Assert.Single(files.Changed);
        var list = Assert.Single(DistributionLists.Read(root.Bytes)!);
        Assert.Equal((Dscs[0].ToString(), Given.Now.UtcDateTime), (list.Kid, list.LastUpdated));
        Assert.Equal(2, files.Kept.Count);

        var (none, _) = Build([], DistributionThresholds.Reference, first, Given.Now.AddDays(1));
        Assert.Equal("[]", Encoding.ASCII.GetString(Assert.Single(none.Changed).Bytes));
        Assert.Empty(none.Kept);
    }

    [Fact]
    public void Bytes_that_we_did_not_write_are_refused_and_throw_nothing()
    {
        var (files, _) = Build(Enumerable.Range(0, 300), new(0, 0), DistributionBefore.Nothing, Given.Now);
        foreach (var file in files.Changed)
        {
            for (var number = 0; number < 2000; number++)
            {
                byte[] changed = [.. file.Bytes];
                changed[number * 7919 % changed.Length] ^= (byte)(1 + (number % 255));
                DistributionPack.Read(changed);
                DistributionLists.Read(changed);
                DistributionPack.Read(changed.AsMemory(0, number % changed.Length));
            }
            Assert.Null(DistributionPack.Read(file.Bytes.AsMemory(0, file.Bytes.Length - 1)));
            Assert.Null(DistributionPack.Read((byte[])[.. file.Bytes, 0]));
            Assert.Null(DistributionLists.Read(file.Bytes.AsSpan(0, file.Bytes.Length - 1)));
        }
        foreach (var partitions in new[]
        {
            "null", """{"chunks":{"0":[{"expires":9e99}]}}""", """{"chunks":{"0":[null]}}""",
        })
        {
            const string head =
                """{"version":1,"kid":"CAcGBQQDAgE=","type":"BLOOMFILTER","mode":"POINT","partitions":[""";
            Assert.Null(DistributionPack.Read(Encoding.ASCII.GetBytes($"{head}{partitions}]}}\n")));
        }
        Assert.Null(DistributionLists.Read(
            """[{"kid":"CAcGBQQDAgE=","mode":"POINT","hashTypes":[],"packs":{"a":"../keys"}}]"""u8));
        Assert.Null(DistributionLists.Read("[null]"u8));
    }

    static PublishedFile Root(FileSet files) =>
        files.Changed.Single(file => file.Path == DistributionLists.Find([file.Path]));

    (FileSet Files, IReadOnlyList<DistributionPack> Packs) Build(
        IEnumerable<int> revoked, DistributionThresholds thresholds, DistributionBefore before, DateTimeOffset now)
    {
        var files = new BuildDistribution(Entries(revoked), thresholds, before).Files(
            before == DistributionBefore.Nothing ? [] : paths, now);
        return (files, [.. files.Changed.Select(file => DistributionPack.Read(file.Bytes)).OfType<DistributionPack>()]);
    }

    DistributionBefore First(DistributionThresholds thresholds) => Before(
        Build(Enumerable.Range(0, 300), thresholds, DistributionBefore.Nothing, Given.Now).Files);

    DistributionBefore Before(FileSet files)
    {
        paths = [.. files.Changed.Select(file => file.Path)];
        return new DistributionBefore(DistributionLists.Read(Root(files).Bytes)!,
            [.. files.Changed.Select(file => DistributionPack.Read(file.Bytes)).OfType<DistributionPack>()]);
    }

    static IEnumerable<(DistributionPack Pack, ChunkAddress Address, PackedSlice Slice)> Slices(
        IEnumerable<DistributionPack> packs) => packs.OrderBy(pack => pack.Kid.ToString(), StringComparer.Ordinal)
        .SelectMany(pack => pack.Partitions.SelectMany(partition => partition.Chunks.SelectMany(chunk =>
            chunk.Value.Select(slice => (pack, new ChunkAddress(pack.Kid, partition.Id, chunk.Key), slice)))));

    static List<RevocationEntry> Entries(IEnumerable<int> revoked) => [.. revoked.Select(i =>
        new RevocationEntry(Dscs[i % 2], HashOf(i), Given.Now.AddDays(i % 20), i % 5 == 0))];

    static RevocationHash HashOf(int number) => new(SHA256.HashData(BitConverter.GetBytes(number)).AsSpan(0, 16));
}
