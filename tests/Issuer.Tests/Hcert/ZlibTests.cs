using System.IO.Compression;
using System.Text;
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

    const string Text = "URN:UVCI:01:VN:0003Y5R8N22YGSE692YT5HF8AEN#G, Sundhedsdatastyrelsen, Ministeriet for sundhed";

    /// <summary>Uncompressed, with the fixed codes, and with codes of its own.</summary>
    public static readonly TheoryData<int, int, ZLibCompressionStrategy> Blocks = new()
    {
        { 0, 0, ZLibCompressionStrategy.Default },
        { 1, 9, ZLibCompressionStrategy.Fixed },
        { 2, 9, ZLibCompressionStrategy.HuffmanOnly },
    };

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
        {
            byte[] zlib = [0x78, 0xDA, .. bytes];
            return !Zlib.TryDecompress(zlib, 100, out var inflated, out _) || inflated.Length <= 100;
        }));

    [Fact]
    public void Any_prefix_of_a_stream_is_refused()
    {
        var zlib = PlatformDeflate(HcertBytes(), 9, ZLibCompressionStrategy.Default);
        for (var length = 0; length < zlib.Length; length++)
        {
            Assert.False(Inflates(zlib[..length]), $"{length} bytes");
        }
    }

    /// <summary>All content may be out before the end of the block is read: the checksum alone would not see it.</summary>
    [Theory]
    [MemberData(nameof(Blocks))]
    public void A_stream_cut_short_or_followed_by_something_is_refused_though_the_checksum_holds(
        int kind, int level, ZLibCompressionStrategy strategy)
    {
        var zlib = PlatformDeflate(Encoding.UTF8.GetBytes(Text + Text + Text), level, strategy);
        Assert.Equal(kind, (zlib[2] >> 1) & 3);
        var (stream, checksum) = (zlib[..^4], zlib[^4..]);
        Assert.True(Inflates([.. stream, .. checksum]));
        for (var length = 0; length < stream.Length; length++)
        {
            Assert.False(Inflates([.. stream[..length], .. checksum]), $"{length} bytes");
        }
        for (var more = 1; more <= 20; more++)
        {
            Assert.False(Inflates([.. stream, .. new byte[more], .. checksum]), $"{more} more");
            Assert.False(Inflates([.. stream, .. stream[..more], .. checksum]), $"{more} more");
        }
    }

    [Fact]
    public void Anything_after_the_stream_is_refused_even_the_checksum_again()
    {
        var zlib = Compress(HcertBytes());
        Assert.False(Inflates([.. zlib, 0]));
        Assert.False(Inflates([.. zlib, .. zlib[^4..]]));
        Assert.False(Inflates([.. zlib, .. zlib]));
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
        Assert.False(Inflates(PlatformDeflate(new byte[Limit + 1], 9, default)));
        var bomb = PlatformDeflate(new byte[50_000_000], 9, default);
        Assert.False(Zlib.TryDecompress(bomb, Limit, out _, out var fault));
        Assert.Contains("more than", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1023)]
    [InlineData(1024)]
    [InlineData(1025)]
    public void Content_of_any_size_around_the_usual_room_is_inflated_whole(int length)
    {
        var bytes = Enumerable.Range(0, length).Select(i => (byte)(i * i & 255)).ToArray();
        var zlib = Compress(bytes);
        Assert.True(Zlib.TryDecompress(zlib, length, out var inflated, out _));
        Assert.Equal(bytes, inflated);
        Assert.False(Zlib.TryDecompress(zlib, length - 1, out _, out _));
    }

    [Theory]
    [InlineData("78DA")]
    [InlineData("78DA00000001")]
    [InlineData("78DA0300000000")]
    [InlineData("79DA030000000001")]
    [InlineData("78DB030000000001")]
    [InlineData("78F9030000000001")]
    [InlineData("78DA0700000000000001")]
    [InlineData("1F8B0800000000000003")]
    public void A_broken_stream_is_refused(string hex) =>
        Assert.False(Inflates(Convert.FromHexString(hex)));

    static byte[] HcertBytes()
    {
        using var sample = new HcertSample();
        return sample.Cose();
    }

    static byte[] Compress(byte[] bytes) =>
        Zlib.Compress(bytes, new byte[SmallDeflate.MaxInput + Zlib.MaxExpansion]).ToArray();

    static bool Inflates(byte[] zlib) => Zlib.TryDecompress(zlib, Limit, out _, out _);

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
