using System.Text.RegularExpressions;

namespace Issuer.Tests.Architecture;

/// <summary>README and docs name files: each of them is there, and so is where each link leads.</summary>
public sealed partial class NamedFilesTests
{
    /// <summary>Begins at the root of the repository; what else stands in backticks is no path.</summary>
    [GeneratedRegex(@"`(?<path>(?:src|tests|docs|deploy|openapi|keys-dev)/[^`\s*<>]*)`")]
    private static partial Regex Named { get; }

    /// <summary>Not to other sites, nor to a place on the same page.</summary>
    [GeneratedRegex(@"\]\((?<path>[^)\s:#]+)(?:#[^)]*)?\)")]
    private static partial Regex Linked { get; }

    public static TheoryData<string> Pages =>
    [
        "README.md",
        .. Directory.GetFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Repository.Root, path)).Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_file_that_a_page_names_is_there(string page)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, page));
        var folder = Path.GetDirectoryName(page)!;
        var named = Named.Matches(text).Select(match => match.Groups["path"].Value)
            .Concat(Linked.Matches(text).Select(match => Path.Combine(folder, match.Groups["path"].Value)));
        Assert.Empty(named.Where(path => !Path.Exists(Path.Combine(Repository.Root, path))).Distinct());
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/house.md")]
    public void The_way_of_a_record_has_a_file_for_each_of_its_twelve_steps(string page)
    {
        var steps = File.ReadLines(Path.Combine(Repository.Root, page))
            .SkipWhile(line => line != "## The way of a record").Skip(1)
            .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal) && char.IsAsciiDigit(line[2])).ToList();
        Assert.Equal(
            Enumerable.Range(1, 12).Select(number => $"{number}"), steps.Select(line => line.Split('|')[1].Trim()));
        Assert.All(steps, line => Assert.Matches(Named, line));
    }

    [Fact]
    public void The_README_fits_on_a_few_screens() =>
        Assert.InRange(File.ReadLines(Path.Combine(Repository.Root, "README.md")).Count(), 1, 150);
}
