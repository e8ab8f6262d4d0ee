using Issuer.Server.Edge.Http;

namespace Issuer.Server.Tests.Http;

public sealed class OpaqueIdTests
{
    readonly OpaqueId ids = new([1, 2, 3]);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(long.MaxValue)]
    public void An_id_comes_back(long id) => Assert.True(ids.TryRead(ids.Of(id), out var read) && read == id);

    [Fact]
    public void Neighbours_share_nothing_and_keys_differ()
    {
        var texts = Enumerable.Range(0, 10_000).Select(i => ids.Of(i)).ToHashSet();
        Assert.Equal(10_000, texts.Count);
        Assert.All(texts, text => Assert.Equal(13, text.Length));
        Assert.NotEqual(ids.Of(7)[..4], ids.Of(8)[..4]);
        Assert.NotEqual(ids.Of(7), new OpaqueId([1, 2, 4]).Of(7));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("7")]
    [InlineData("ZZZZZZZZZZZZZ")]
    [InlineData("iiiiiiiiiiiii")]
    [InlineData("00000000000000")]
    public void Any_other_text_is_none(string? text) => Assert.False(ids.TryRead(text, out _));
}
