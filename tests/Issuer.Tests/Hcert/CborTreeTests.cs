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
    public void A_million_levels_are_refused_without_a_stack_overflow(byte opening)
    {
        var bytes = new byte[1_000_000];
        Array.Fill(bytes, opening);
        Assert.False(CborTree.TryRead(bytes, out _, out _));
    }

    [Fact]
    public void No_bytes_make_it_throw() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(5000), Prop.ForAll(
            ArbMap.Default.ArbFor<byte[]>(),
            bytes => CborTree.TryRead(bytes, out var item, out _) == item is not null));

    static byte[] Nested(int levels) => [.. Enumerable.Repeat((byte)0x81, levels), 0x00];
}
