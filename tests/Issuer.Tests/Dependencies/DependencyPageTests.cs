using System.Text.Json;
using System.Xml.Linq;

namespace Issuer.Tests.Dependencies;

/// <summary>
/// <c>docs/dependencies.md</c> names everything that is not ours, and nothing is named that nobody uses.
/// </summary>
public sealed class DependencyPageTests
{
    /// <summary>Of the framework itself there is no package.</summary>
    const string Framework = ".NET and ASP.NET Core";

    static readonly (string Name, string Version, string Licence, string Why)[] Rows =
    [
        .. File.ReadLines(Path.Combine(Repository.Root, "docs/dependencies.md"))
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal)
                && !line.StartsWith("| package ", StringComparison.Ordinal))
            .Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim()).ToArray())
            .Select(cells => (cells[0], cells[1], cells[2], cells[3])),
    ];

    static readonly (string Name, string Version)[] Central =
    [
        .. XDocument.Load(Path.Combine(Repository.Root, "Directory.Packages.props")).Descendants("PackageVersion")
            .Select(package => (package.Attribute("Include")!.Value, package.Attribute("Version")!.Value)),
    ];

    [Fact]
    public void The_page_names_every_package_with_its_version_and_no_other()
    {
        using var foreign = JsonDocument.Parse(
            File.ReadAllBytes(Path.Combine(Repository.Root, "tests/foreign/package.json")));
        using var tools = JsonDocument.Parse(
            File.ReadAllBytes(Path.Combine(Repository.Root, ".config/dotnet-tools.json")));
        var expected = Central
            .Concat(foreign.RootElement.GetProperty("dependencies").EnumerateObject()
                .Select(package => (package.Name, package.Value.GetString()!)))
            .Concat(tools.RootElement.GetProperty("tools").EnumerateObject()
                .Select(tool => (tool.Name, tool.Value.GetProperty("version").GetString()!)));
        Assert.Equal(
            expected.Order(), Rows.Where(row => row.Name != Framework).Select(row => (row.Name, row.Version)).Order());
    }

    [Fact]
    public void Each_has_a_licence_and_a_reason() => Assert.All(
        Rows, row => Assert.True(row.Licence.Length > 2 && row.Why.Length > 2, $"{row.Name} lacks one"));

    [Fact]
    public void Each_package_is_used_by_some_project()
    {
        var used = Directory.GetFiles(Repository.Root, "packages.lock.json", SearchOption.AllDirectories)
            .SelectMany(path =>
            {
                using var locked = JsonDocument.Parse(File.ReadAllBytes(path));
                return locked.RootElement.GetProperty("dependencies").EnumerateObject()
                    .SelectMany(framework => framework.Value.EnumerateObject())
                    .Select(package => package.Name).ToList();
            })
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        Assert.All(Central, package => Assert.Contains(package.Name, used));
    }

    [Fact]
    public void The_page_names_every_Debian_package_that_the_tests_install()
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "tests/run.sh"));
        var start = text.IndexOf("debian_packages=(", StringComparison.Ordinal) + "debian_packages=(".Length;
        var names = text[start..text.IndexOf(')', start)].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs/dependencies.md"));
        Assert.NotEmpty(names);
        Assert.All(names, name => Assert.Contains($"`{name}`", page, StringComparison.Ordinal));
    }

    [Fact]
    public void It_says_of_PeterO_Cbor_why_it_is_not_here() => Assert.Contains(
        "**PeterO.Cbor** was asked for by\nname and is not here",
        File.ReadAllText(Path.Combine(Repository.Root, "docs/dependencies.md")), StringComparison.Ordinal);
}
