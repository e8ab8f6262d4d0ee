using Issuer.Server.Hosting;

namespace Issuer.Server.Tests;

public sealed class BoundedLinesTests
{
    static async Task<List<string>> ReadAsync(string text, int longest)
    {
        var lines = new BoundedLines(new StringReader(text), longest);
        var read = new List<string>();
        while (await lines.ReadAsync(default) is { } line)
        {
            read.Add(line);
        }
        return read;
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("a\n")]
    [InlineData("a\nb")]
    [InlineData("a\r\nb\r\n")]
    [InlineData("\n\na\n\n")]
    public async Task Lines_are_those_that_everybody_reads(string text)
    {
        var expected = new List<string>();
        using var reader = new StringReader(text);
        while (await reader.ReadLineAsync() is { } line)
        {
            expected.Add(line);
        }
        Assert.Equal(expected, await ReadAsync(text, longest: 10));
    }

    [Fact]
    public async Task Of_a_line_that_is_too_long_the_beginning_is_kept_and_the_next_one_is_whole() =>
        Assert.Equal(["0123", "ab", ""], await ReadAsync($"0123{new string('x', 1_000_000)}\nab\n\n", longest: 4));

    [Fact]
    public async Task Lines_longer_than_a_buffer_are_whole_too()
    {
        var lines = new[] { new string('a', 100_000), new string('b', 65_536), "c", new string('d', 65_535), "", "e" };
        Assert.Equal(lines, await ReadAsync(string.Join('\n', lines), longest: 200_000));
    }
}
