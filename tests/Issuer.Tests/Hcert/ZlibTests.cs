using System.IO.Compression;
using FsCheck;
using FsCheck.Fluent;
using Issuer.Hcert;

namespace Issuer.Tests.Hcert;

public sealed class ZlibTests
{
    const int Limit = Hc1.MaxInflated;

    static readonly Arbitrary<byte[]> SomeBytes = Arb.From(
        from alphabet in Gen.Choose(1, 256)
        from length in Gen.Choose(0, SmallDeflate.MaxInput + 40)
        from bytes in Gen.ArrayOf(Gen.Choose(0, alphabet - 1), length)
        select bytes.Select(value => (byte)value).ToArray());

    static readonly Config ManyCases = Config.QuickThrowOnFailure.WithMaxTest(2000);

    [Fact]
    public void What_this_encoder_writes_the_platform_inflates() =>
        Check.One(ManyCases, Prop.ForAll(SomeBytes, bytes => PlatformInflate(Compress(bytes)).SequenceEqual(bytes)));

    [Fact]
    public void What_this_encoder_writes_this_decoder_inflates() =>
        Check.One(ManyCases, Prop.ForAll(SomeBytes, bytes => Inflates(Compress(bytes), bytes)));

    [Fact]
    public void What_the_platform_writes_at_any_level_this_decoder_inflates() =>
        Check.One(ManyCases, Prop.ForAll(
            SomeBytes,
            Arb.From(Gen.Choose(0, 9)),
            Arb.From(Gen.Elements(Enum.GetValues<ZLibCompressionStrategy>())),
            (bytes, level, strategy) =>
                bytes.Length == 0 || Inflates(PlatformDeflate(bytes, level, strategy), bytes)));

    [Fact]
    public void Dynamic_blocks_of_the_platform_are_inflated()
    {
        var bytes = Enumerable.Range(0, Limit).Select(i => (byte)(((i * i) >> 3) % 23)).ToArray();
        var zlib = PlatformDeflate(bytes, 9, ZLibCompressionStrategy.Default);
        Assert.Equal(2, (zlib[2] >> 1) & 3);
        Assert.True(Inflates(zlib, bytes));
    }

    [Fact]
    public void Foreign_bytes_never_throw_and_never_exceed_the_limit() =>
        Check.One(ManyCases, Prop.ForAll(SomeBytes, bytes =>
            !Zlib.TryDecompress([0x78, 0xDA, .. bytes], 100, out var inflated, out _) || inflated.Length <= 100));

    [Fact]
    public void Any_prefix_of_a_stream_is_refused()
    {
        var zlib = PlatformDeflate(HcertBytes(), 9, ZLibCompressionStrategy.Default);
        for (var length = 0; length < zlib.Length; length++)
        {
            Assert.False(Zlib.TryDecompress(zlib.AsSpan(0, length), Limit, out _, out _), $"{length} bytes");
        }
    }

    [Fact]
    public void Anything_after_the_stream_is_refused_even_the_checksum_again()
    {
        var zlib = Compress(HcertBytes());
        Assert.False(Zlib.TryDecompress([.. zlib, 0], Limit, out _, out _));
        Assert.False(Zlib.TryDecompress([.. zlib, .. zlib[^4..]], Limit, out _, out _));
        Assert.False(Zlib.TryDecompress([.. zlib, .. zlib], Limit, out _, out _));
    }

    [Fact]
    public void A_wrong_checksum_is_refused()
    {
        var zlib = Compress(HcertBytes());
        zlib[^1] ^= 1;
        Assert.False(Zlib.TryDecompress(zlib, Limit, out _, out var fault));
        Assert.Contains("checksum", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void The_limit_is_exact_and_a_bomb_stops_there()
    {
        Assert.True(Inflates(PlatformDeflate(new byte[Limit], 9, default), new byte[Limit]));
        Assert.False(Zlib.TryDecompress(PlatformDeflate(new byte[Limit + 1], 9, default), Limit, out _, out _));
        var bomb = PlatformDeflate(new byte[50_000_000], 9, default);
        Assert.False(Zlib.TryDecompress(bomb, Limit, out _, out var fault));
        Assert.Contains("more than", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("78DA")]
    [InlineData("78DA0300000000")]
    [InlineData("79DA030000000001")]
    [InlineData("78DB030000000001")]
    [InlineData("78F9030000000001")]
    [InlineData("78DA0700000000000001")]
    [InlineData("1F8B0800000000000003")]
    public void A_broken_stream_is_refused(string hex) =>
        Assert.False(Zlib.TryDecompress(Convert.FromHexString(hex), Limit, out _, out _));

    static byte[] HcertBytes()
    {
        using var sample = new HcertSample();
        return sample.Cose();
    }

    static byte[] Compress(byte[] bytes) =>
        Zlib.Compress(bytes, new byte[SmallDeflate.MaxInput + Zlib.MaxExpansion]).ToArray();

    static bool Inflates(byte[] zlib, byte[] expected) =>
        Zlib.TryDecompress(zlib, Limit, out var bytes, out _) && bytes.SequenceEqual(expected);

    static byte[] PlatformInflate(byte[] zlib)
    {
        using var inflated = new MemoryStream();
        using var stream = new ZLibStream(new MemoryStream(zlib), CompressionMode.Decompress);
        stream.CopyTo(inflated);
        return inflated.ToArray();
    }

    static byte[] PlatformDeflate(byte[] bytes, int level, ZLibCompressionStrategy strategy)
    {
        using var compressed = new MemoryStream();
        var options = new ZLibCompressionOptions { CompressionLevel = level, CompressionStrategy = strategy };
        using (var stream = new ZLibStream(compressed, options, leaveOpen: true))
        {
            stream.Write(bytes);
        }
        return compressed.ToArray();
    }
}
