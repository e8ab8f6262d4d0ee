using Issuer.Server.Hosting;

namespace Issuer.Tests.Campaign;

public sealed class NearestTests
{
    [Theory]
    [InlineData("revok", "revoke")]
    [InlineData("Lst", "list")]
    [InlineData("publsih", "publish")]
    [InlineData("signer", null)]
    [InlineData("STT", null)]
    [InlineData("x", null)]
    [InlineData("", null)]
    public void A_word_that_is_nearly_known_is_told_and_no_other(string typed, string? expected) =>
        Assert.Equal(expected, Nearest.Of(typed, ["list", "revoke", "publish", "issue", "sex"]));
}
