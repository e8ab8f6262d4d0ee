using Issuer.Core.Publication;
using Issuer.Verification.Publication;

namespace Issuer.Tests.Storage;

public abstract partial class StoreSuite
{
    static KeptPublication PublicationOf(long sequence) =>
        new(sequence, Given.Now, Given.Now.AddDays(1), $"manifest {sequence}");

    static PublishedFile FileOf(string path, string content) =>
        new(path, System.Text.Encoding.UTF8.GetBytes(content), "text/plain");

    [Fact]
    public async Task A_publication_replaces_keeps_and_ends_files()
    {
        Assert.Null(await store.Publications.LatestAsync(default));
        Assert.True(await store.Publications.CommitAsync(
            PublicationOf(1), [FileOf("a", "1"), FileOf("b", "1"), FileOf("c", "1")], [], default));
        Assert.True(await store.Publications.CommitAsync(PublicationOf(2), [FileOf("a", "2")], ["b"], default));

        Assert.Equal(PublicationOf(2), await store.Publications.LatestAsync(default));
        Assert.Equal(["a", "b"], await store.Publications.PathsAsync(default));
        Assert.Equal("2"u8.ToArray(), (await store.Publications.FileAsync("a", default))?.Bytes);
        Assert.Equal("1"u8.ToArray(), (await store.Publications.FileAsync("b", default))?.Bytes);
        Assert.Null(await store.Publications.FileAsync("c", default));
    }

    [Fact]
    public async Task Of_two_publishers_of_one_sequence_number_one_comes_too_late_and_stores_nothing()
    {
        var another = await OpenAsync();
        var won = await Task.WhenAll(
            store.Publications.CommitAsync(PublicationOf(1), [FileOf("one", "1")], [], default),
            another.Publications.CommitAsync(PublicationOf(1), [FileOf("other", "1")], [], default));
        Assert.Single(won, true);
        Assert.Equal([won[0] ? "one" : "other"], await store.Publications.PathsAsync(default));
    }

    [Fact]
    public async Task A_manifest_that_was_published_once_is_ours_for_ever_and_no_other_is()
    {
        for (var sequence = 1L; sequence <= 10; sequence++)
        {
            Assert.True(await store.Publications.CommitAsync(PublicationOf(sequence), [], [], default));
        }
        Assert.True(await store.Publications.IsOursAsync(1, "manifest 1", default));
        Assert.True(await store.Publications.IsOursAsync(10, "manifest 10", default));
        Assert.False(await store.Publications.IsOursAsync(1, "manifest 10", default));
        Assert.False(await store.Publications.IsOursAsync(11, "manifest 11", default));
    }

    [Fact]
    public async Task What_ended_long_ago_is_forgotten()
    {
        for (var sequence = 1L; sequence <= 10; sequence++)
        {
            Assert.True(await store.Publications.CommitAsync(
                PublicationOf(sequence), [FileOf("a", $"{sequence}")], [], default));
        }
        Assert.Equal(9, await ScalarAsync("select count(*) from published_file"));
    }
}
