using System.Security.Cryptography;
using Issuer.Core.Revocation;
using Issuer.Hcert;

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
        Assert.Equal(mode, DistributionModes.For(hashes));

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
    [InlineData(SliceKind.Prefix)]
    public void A_good_certificate_that_is_hit_is_avoided(SliceKind kind)
    {
        var lists = new BuildSlices(kind, Enumerable.Range(0, 100).Select(Entry));
        var twin = Hash(7);
        twin[^1] ^= 1;
        twin[9] ^= 1;
        Assert.True(lists.MayRefuse(Dsc, twin));
        lists.Avoid(Dsc, twin);
        Assert.False(lists.MayRefuse(Dsc, twin));
        Assert.All(Enumerable.Range(0, 100), i => Assert.True(lists.MayRefuse(Dsc, Hash(i))));
    }

    [Theory]
    [InlineData(SliceKind.Bloom)]
    [InlineData(SliceKind.Prefix)]
    public void What_is_in_the_list_itself_cannot_be_avoided(SliceKind kind)
    {
        var lists = new BuildSlices(kind, [Entry(1)]);
        Assert.Throws<InvalidOperationException>(() => lists.Avoid(Dsc, Hash(1)));
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
