using Issuer.Hcert;

namespace Issuer.Tests.Hcert;

public sealed class KidTests
{
    [Fact]
    public void Eight_bytes_come_back_as_bytes_and_as_text()
    {
        var kid = new Kid([1, 2, 3, 4, 5, 6, 7, 8]);

        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], kid.ToBytes());
        Assert.Equal("AQIDBAUGBwg=", kid.ToString());
        Assert.True(Kid.TryParse("AQIDBAUGBwg=", out var read));
        Assert.Equal(kid, read);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(9)]
    public void Any_other_number_of_bytes_is_no_kid(int length) =>
        Assert.Throws<ArgumentException>(() => new Kid(new byte[length]));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("AQIDBAUGBw==")]
    [InlineData("AQIDBAUGBwgJ")]
    [InlineData("AQIDBAUGBwg")]
    [InlineData("AQIDBAUGBwg= ")]
    [InlineData("AQIDBAUGBw!=")]
    [InlineData("AQIDBAUGBwgJCgsM")]
    public void Other_text_is_no_kid(string? text)
    {
        Assert.False(Kid.TryParse(text, out var kid));
        Assert.Equal(default, kid);
    }
}
