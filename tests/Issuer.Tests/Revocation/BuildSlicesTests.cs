using System.Security.Cryptography;
using Issuer.Hcert;
using Issuer.Verification.Revocation;

namespace Issuer.Tests.Revocation;

public sealed class BuildSlicesTests
{
    static readonly Kid Dsc = new([1, 2, 3, 4, 5, 6, 7, 8]);

    [Theory]
    [InlineData(0, DistributionMode.Point)]
    [InlineData(100_000, DistributionMode.Point)]
    [InlineData(100_001, DistributionMode.Vector)]
    [InlineData(1_600_000, DistributionMode.Vector)]
    [InlineData(1_600_001, DistributionMode.Coordinate)]
    public void The_mode_follows_the_reference_s_borders(long hashes, DistributionMode mode) =>
        Assert.Equal(mode, DistributionThresholds.Reference.ModeFor(hashes));

    [Theory]
    [InlineData(DistributionMode.Point, null, "a")]
    [InlineData(DistributionMode.Vector, "a", "b")]
    [InlineData(DistributionMode.Coordinate, "ab", "c")]
    public void A_chunk_is_named_by_the_first_digits(DistributionMode mode, string? partition, string chunk)
    {
        var number = DistributionModes.ChunkOf(mode, [0xAB, 0xCD]);
        Assert.InRange(number, 0, DistributionModes.ChunksOf(mode) - 1);
        Assert.Equal(new ChunkAddress(Dsc, partition, chunk), DistributionModes.AddressOf(Dsc, mode, number));
    }

    [Theory]
    [InlineData(SliceKind.Bloom)]
    [InlineData(SliceKind.Prefix)]
    public void Every_entry_is_found_and_no_good_certificate(SliceKind kind)
    {
        var lists = new BuildSlices(kind, Enumerable.Range(0, 3000).Select(Entry));
        Assert.All(Enumerable.Range(0, 3000), i => Assert.True(lists.MayRefuse(Dsc, Hash(i))));
        Assert.DoesNotContain(Enumerable.Range(3000, 50_000), i => lists.MayRefuse(Dsc, Hash(i)));
        Assert.False(lists.MayRefuse(new Kid(new byte[8]), Hash(0)));
        Assert.All(lists.Slices, placed => Assert.Equal(placed.Expires, RevocationBatch.ExpiryOf(placed.Expires)));
    }

    [Theory]
    [InlineData(SliceKind.Bloom, 1)]
    [InlineData(SliceKind.Bloom, 3000)]
    [InlineData(SliceKind.Prefix, 3000)]
    public void Many_looked_up_at_once_are_refused_as_one_by_one(SliceKind kind, int listed)
    {
        var lists = new BuildSlices(kind, Enumerable.Range(0, listed).Select(Entry));
        foreach (var asked in new[] { 0, 1, 7, 8, 9, 5000 })
        {
            var isRefused = Enumerable.Repeat(true, asked).ToArray();
            lists.MayRefuse(Dsc, [.. Enumerable.Range(0, asked).SelectMany(Hash)], isRefused);
            Assert.Equal(Enumerable.Range(0, asked).Select(i => lists.MayRefuse(Dsc, Hash(i))), isRefused);
            lists.MayRefuse(new Kid(new byte[8]), new byte[16 * asked], isRefused);
            Assert.DoesNotContain(true, isRefused);
        }
    }

    [Theory]
    [InlineData(SliceKind.Bloom, 0, 0)]
    [InlineData(SliceKind.Bloom, 10, 200)]
    [InlineData(SliceKind.Prefix, 0, 0)]
    [InlineData(SliceKind.Prefix, 10, 200)]
    [InlineData(SliceKind.Prefix, 1000, 2000)]
    public void A_look_up_of_many_agrees_with_every_slice_of_the_chunk(SliceKind kind, long point, long vector)
    {
        foreach (var listed in new[] { 1, 5, 150, 700 })
        {
            var lists = new BuildSlices(
                kind, Enumerable.Range(0, listed).Select(Entry), new DistributionThresholds(point, vector));
            // Those that are listed, those that begin like one, and any others.
            byte[][] asked = [.. Enumerable.Range(0, listed).SelectMany(i => Enumerable.Range(0, 16)
                .Select(end => (byte[])[.. Hash(i)[..end], .. Hash(-1 - i)[end..]])),
                .. Enumerable.Range(0, listed + 500).Select(Hash)];
            AssertAgrees(lists, asked);
            if (kind == SliceKind.Prefix)
            {
                byte[] twin = [.. Hash(0)[..9], .. Hash(-1)[9..]];
                Assert.True(lists.MayRefuse(Dsc, twin));
                Assert.True(lists.TryAvoid(Dsc, twin));
                AssertAgrees(lists, asked);
            }
        }
    }

    static void AssertAgrees(BuildSlices lists, byte[][] asked)
    {
        var slices = lists.Slices.ToLookup(placed => placed.Address, placed => placed.Slice);
        var mode = lists.ModeOf(Dsc);
        var isRefused = new bool[asked.Length];
        lists.MayRefuse(Dsc, [.. asked.SelectMany(hash => hash)], isRefused);
        Assert.Equal(
            asked.Select(hash => slices[DistributionModes.AddressOf(Dsc, mode, DistributionModes.ChunkOf(mode, hash))]
                .Any(slice => slice.MayContain(hash))),
            isRefused);
    }

    [Theory]
    [InlineData(SliceKind.Bloom)]
    [InlineData(SliceKind.Prefix)]
    public void A_slice_that_was_coded_more_finely_keeps_its_bytes_as_long_as_its_set_is_the_same(SliceKind kind)
    {
        var before = new BuildSlices(kind, Enumerable.Range(0, 100).Select(Entry)).Slices.First();
        var finer = new SliceDraft(kind, before.Expires,
            [.. Enumerable.Range(0, 100).Where(i => RevocationBatch.ExpiryOf(Entry(i).Expires) == before.Expires
                && $"{Hash(i)[0]:x2}"[0] == before.Address.Chunk[0]).Select(i => new RevocationHash(Hash(i)))]);
        Assert.Equal(before.Slice.Bytes.ToArray(), finer.Coded.Bytes.ToArray());
        Assert.True(finer.TryCodeFiner());

        foreach (var (count, isKept) in new[] { (100, true), (3, false), (400, false) })
        {
            var lists = new BuildSlices(kind, Enumerable.Range(0, count).Select(Entry));
            var asBuilt = lists.Slices.Select(placed => Convert.ToHexString(placed.Slice.Bytes.Span)).ToList();
            lists.Keep(before.Address, before.Expires, finer.Coded.Bytes.Span);
            lists.Keep(before.Address with { Partition = "a" }, before.Expires, finer.Coded.Bytes.Span);
            lists.Keep(before.Address with { Kid = default }, before.Expires, finer.Coded.Bytes.Span);
            var kept = lists.Slices.Select(placed => Convert.ToHexString(placed.Slice.Bytes.Span)).ToList();
            Assert.Equal(isKept, kept.Contains(Convert.ToHexString(finer.Coded.Bytes.Span)));
            Assert.Equal(isKept, !asBuilt.SequenceEqual(kept));
        }
    }

    [Theory]
    [InlineData(SliceKind.Prefix)]
    public void A_good_certificate_that_is_hit_is_avoided(SliceKind kind)
    {
        var lists = new BuildSlices(kind, Enumerable.Range(0, 100).Select(Entry));
        var twin = Hash(7);
        twin[^1] ^= 1;
        twin[9] ^= 1;
        Assert.True(lists.MayRefuse(Dsc, twin));
        Assert.True(lists.TryAvoid(Dsc, twin));
        Assert.False(lists.MayRefuse(Dsc, twin));
        Assert.All(Enumerable.Range(0, 100), i => Assert.True(lists.MayRefuse(Dsc, Hash(i))));
    }

    [Theory]
    [InlineData(SliceKind.Bloom)]
    [InlineData(SliceKind.Prefix)]
    public void What_is_in_the_list_itself_cannot_be_avoided(SliceKind kind)
    {
        var lists = new BuildSlices(kind, [Entry(1)]);
        Assert.False(lists.TryAvoid(Dsc, Hash(1)));
    }

    [Fact]
    public void A_hash_after_the_last_one_is_no_error()
    {
        var slice = PrefixSlice.Of([Hash(1)], 7, 1e-10f);
        Assert.False(slice.MayContain([0x7F, .. Enumerable.Repeat((byte)0xFF, 15)]));
        Assert.False(slice.MayContain([0x80, .. new byte[15]]));
    }

    static RevocationEntry Entry(int number) =>
        new(Dsc, new RevocationHash(Hash(number)), Given.Now.AddDays(number % 20), false);

    static byte[] Hash(int number) => SHA256.HashData(BitConverter.GetBytes(number))[..16];
}
