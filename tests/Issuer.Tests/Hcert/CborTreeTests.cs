using System.Formats.Cbor;
using FsCheck;
using FsCheck.Fluent;
using Issuer.Hcert;

namespace Issuer.Tests.Hcert;

public sealed class CborTreeTests
{
    [Theory]
    [InlineData("0000", "bytes after the end")]
    [InlineData("A201000100", "the same key twice")]
    [InlineData("A20100180100", "the same key twice, once longer than needed")]
    [InlineData("BF616100616100FF", "the same key twice in an indefinite map")]
    [InlineData("A14000", "a key of bytes")]
    [InlineData("A1F500", "a key that is true")]
    [InlineData("1BFFFFFFFFFFFFFFFF", "an integer beyond 64 bits")]
    [InlineData("3BFFFFFFFFFFFFFFFF", "a negative integer beyond 64 bits")]
    [InlineData("9BFFFFFFFFFFFFFFFF", "an array longer than the data")]
    [InlineData("BBFFFFFFFFFFFFFFFF", "a map longer than the data")]
    [InlineData("7BFFFFFFFFFFFFFFFF", "text longer than the data")]
    [InlineData("5B7FFFFFFFFFFFFFFF00", "bytes longer than the data")]
    [InlineData("62C328", "text that is not UTF-8")]
    [InlineData("61", "text cut short")]
    [InlineData("FF", "a break alone")]
    [InlineData("9F", "an array without an end")]
    [InlineData("1C", "a reserved length")]
    [InlineData("C0", "a tag on nothing")]
    [InlineData("", "nothing")]
    public void Bad_data_is_refused(string hex, string because)
    {
        Assert.NotEmpty(because);
        Assert.False(CborTree.TryRead(Convert.FromHexString(hex), out _, out var fault));
        Assert.NotEmpty(fault);
    }

    [Theory]
    [InlineData("BF6161019F0102FF7F61626163FFFF", "an odd indefinite map")]
    public void An_indefinite_map_with_a_key_that_is_an_array_is_refused(string hex, string because)
    {
        Assert.NotEmpty(because);
        Assert.False(CborTree.TryRead(Convert.FromHexString(hex), out _, out _));
    }

    [Theory]
    [InlineData("BF616101FF")]
    [InlineData("9F0102FF")]
    [InlineData("7F61626163FF")]
    [InlineData("5F41624163FF")]
    [InlineData("1800")]
    [InlineData("F6")]
    [InlineData("F7")]
    [InlineData("E0")]
    [InlineData("FB7FF0000000000000")]
    [InlineData("C249010000000000000000")]
    [InlineData("3B7FFFFFFFFFFFFFFF")]
    public void Odd_but_lawful_data_is_read(string hex) =>
        Assert.True(CborTree.TryRead(Convert.FromHexString(hex), out _, out _));

    [Fact]
    public void Sixteen_levels_are_read_and_seventeen_are_not()
    {
        Assert.True(CborTree.TryRead(Nested(15), out _, out _));
        Assert.False(CborTree.TryRead(Nested(16), out _, out _));
    }

    [Theory]
    [InlineData(0x81)]
    [InlineData(0xC0)]
    [InlineData(0x9F)]
    [InlineData(0xA1)]
    [InlineData(0xBF)]
    [InlineData(0xA1, 0x00)]
    public void A_million_levels_are_refused_without_a_stack_overflow(params byte[] opening) => Assert.False(
        CborTree.TryRead(Enumerable.Repeat(opening, 1_000_000).SelectMany(b => b).ToArray(), out _, out _));

    [Fact]
    public void Every_kind_of_item_is_read_for_what_it_is()
    {
        Assert.Equal(new CborItem.Bool(false), Read("F4"));
        Assert.Equal(new CborItem.Bool(true), Read("F5"));
        Assert.Equal(new CborItem.Null(), Read("F6"));
        Assert.Equal(new CborItem.Null(), Read("F820"));
        Assert.Equal(new CborItem.Whole(-1), Read("20"));
        Assert.Equal(new CborItem.Whole(long.MinValue), Read("3B7FFFFFFFFFFFFFFF"));
        Assert.Equal(new CborItem.Whole(256), Read("190100"));
        Assert.Equal(new CborItem.Whole(65536), Read("1A00010000"));
        Assert.Equal(new CborItem.Real(1.5), Read("F93E00"));
        Assert.Equal(new CborItem.Real(1.5), Read("FA3FC00000"));
        Assert.Equal(new CborItem.Real(1.5), Read("FB3FF8000000000000"));
        Assert.Equal(new CborItem.Text("abc"), Read("7F61616262 63FF".Replace(" ", "", StringComparison.Ordinal)));
        Assert.Equal([1, 2], Assert.IsType<CborItem.Bytes>(Read("5F41014102FF")).Value);
        Assert.Equal(new CborItem.Tagged(24, new CborItem.Whole(7)), Read("D81807"));
    }

    static CborItem Read(string hex)
    {
        Assert.True(CborTree.TryRead(Convert.FromHexString(hex), out var item, out var fault), fault);
        return item;
    }

    [Fact]
    public void No_bytes_make_it_throw() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(5000), Prop.ForAll(
            ArbMap.Default.ArbFor<byte[]>(),
            bytes => CborTree.TryRead(bytes, out var item, out _) == item is not null));

    static byte[] Nested(int levels) => [.. Enumerable.Repeat((byte)0x81, levels), 0x00];

    [Fact]
    public void Nothing_is_read_that_the_strict_reader_of_the_platform_refuses()
    {
        using var sample = new HcertSample();
        var cose = sample.Cose();
        var changes = Gen.ListOf(
            Gen.Choose(0, cose.Length - 1).Zip(Gen.Elements<byte>(
                0, 0x18, 0x3B, 0x5F, 0x61, 0x78, 0x7F, 0x81, 0x9F, 0xA1, 0xBF, 0xC1, 0xDB, 0xE0, 0xF6, 0xF8, 0xFF)),
            2);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(5000), Prop.ForAll(Arb.From(changes), all =>
        {
            var changed = cose.ToArray();
            foreach (var (at, value) in all)
            {
                changed[at] = value;
            }
            return IsNoLaxerThanThePlatform(changed)
                && (!CoseSign1Message.TryRead(changed, out var message, out _)
                    || IsNoLaxerThanThePlatform(message.Payload));
        }));
    }

    [Theory]
    [InlineData("7F61C361A9FF", "a character that spans two chunks")]
    [InlineData("7F4161FF", "a chunk of bytes in text")]
    [InlineData("7F7F6161FFFF", "a chunk without a length")]
    [InlineData("F814", "false in two bytes")]
    [InlineData("8201", "an array cut short")]
    [InlineData("BF01FF", "a key without a value")]
    public void Rare_forms_are_refused_as_the_platform_refuses_them(string hex, string because)
    {
        Assert.NotEmpty(because);
        Assert.False(CborTree.TryRead(Convert.FromHexString(hex), out _, out _));
        Assert.True(IsNoLaxerThanThePlatform(Convert.FromHexString(hex)));
    }

    [Fact]
    public void A_key_twice_is_refused_among_many_too()
    {
        byte[] Map(int last) =>
            [0xB8, 41, .. Enumerable.Range(0, 40).Append(last).SelectMany(key => (byte[])[0x18, (byte)key, 0])];
        Assert.True(CborTree.TryRead(Map(last: 40), out _, out _));
        Assert.False(CborTree.TryRead(Map(last: 3), out _, out _));
        Assert.False(CborTree.TryRead(Map(last: 39), out _, out _));
    }

    static bool IsNoLaxerThanThePlatform(byte[] bytes)
    {
        if (!CborTree.TryRead(bytes, out _, out _))
        {
            return true;
        }
        var reader = new CborReader(bytes, CborConformanceMode.Strict);
        reader.SkipValue();
        return reader.BytesRemaining == 0;
    }
}
