using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Issuer.Hcert;

namespace Issuer.Tests.Hcert;

public sealed class Base45Tests
{
    [Theory]
    [InlineData("AB", "BB8")]
    [InlineData("Hello!!", "%69 VD92EX0")]
    [InlineData("base-45", "UJCLQE7W581")]
    [InlineData("ietf!", "QED8WEX0")]
    [InlineData("", "")]
    public void The_examples_of_the_standard_hold_both_ways(string plain, string encoded)
    {
        Assert.Equal(encoded, Base45.Encode(Encoding.ASCII.GetBytes(plain)));
        Assert.True(Base45.TryDecode(encoded, out var bytes));
        Assert.Equal(plain, Encoding.ASCII.GetString(bytes));
    }

    [Theory]
    [InlineData("GGW", "three characters worth more than 65535")]
    [InlineData(":::", "three characters worth more than 65535")]
    [InlineData("V5", "two characters worth more than 255")]
    [InlineData("::", "two characters worth more than 255")]
    [InlineData("A", "a length of one")]
    [InlineData("BB8A", "a length of one beyond three")]
    [InlineData("bb8", "lower case")]
    [InlineData("BB_", "a character outside the alphabet")]
    [InlineData("BB\u00D0", "a character outside ASCII")]
    [InlineData("BB\u0080", "the first character outside ASCII")]
    [InlineData("BB\u007F", "the last character of ASCII")]
    [InlineData("BB8\n", "a line break")]
    public void Lax_text_is_refused(string text, string because)
    {
        Assert.NotEmpty(because);
        Assert.False(Base45.TryDecode(text, out _));
    }

    [Fact]
    public void The_largest_values_are_still_read()
    {
        Assert.True(Base45.TryDecode("FGW", out var pair));
        Assert.Equal([255, 255], pair);
        Assert.True(Base45.TryDecode("U5", out var single));
        Assert.Equal([255], single);
    }

    [Fact]
    public void Any_bytes_come_back() =>
        Prop.ForAll(
            ArbMap.Default.ArbFor<byte[]>(),
            bytes => Base45.TryDecode(Base45.Encode(bytes), out var back) && back.SequenceEqual(bytes))
            .QuickCheckThrowOnFailure();
}
