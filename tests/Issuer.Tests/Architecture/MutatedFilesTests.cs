using System.Text.Json;
using System.Text.RegularExpressions;

namespace Issuer.Tests.Architecture;

/// <summary>The list of what mutation testing changes: nothing is missing, nothing has moved away.</summary>
public sealed partial class MutatedFilesTests
{
    sealed record Group(string Name, string Project, string[] Tests, string[] Files);

    /// <summary>How a file that decides is called.</summary>
    [GeneratedRegex(@"^(?:(?:Decide|Choose|Guard|Check|Suggest|Compare|Resolve|Find|Route|Revoke)[A-Z]\w*|\w+Rule|\w+Policy)\.cs$")]
    private static partial Regex Decides { get; }

    /// <summary>Called so, and not of this kind: what they do is tested over a store.</summary>
    static readonly string[] NoDecisions =
    [
        // Values of the ministry, without a rule.
        "Certificates/CertificationPolicy.cs", "Holds/BudgetPolicy.cs", "Holds/StockPolicy.cs", "Holds/HoldPolicy.cs",
        "Gateway/GatewayPolicy.cs",
        "Pki/SigningPolicy.cs", "Publication/PublicationPolicy.cs",
        // The order of work over many rows.
        "Revocation/RevokeInSteps.cs", "Approvals/RevokeInBulkAct.cs",
    ];

    static readonly Group[] Groups = JsonSerializer.Deserialize<Group[]>(
        File.ReadAllText(Path.Combine(Repository.Root, "tests/mutation/groups.json")), JsonSerializerOptions.Web)!;

    public static TheoryData<string> Names => [.. Groups.Select(group => group.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_file_and_every_test_that_a_group_names_is_there(string name)
    {
        var group = Groups.Single(g => g.Name == name);
        var types = typeof(MutatedFilesTests).Assembly.GetTypes().Select(type => type.FullName!).ToList();

        Assert.DoesNotContain(group.Files, file => FilesOf(group.Project, file).Count == 0);
        Assert.DoesNotContain(group.Tests, test =>
            !types.Exists(type => type.StartsWith($"Issuer.Tests.{test}", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_file_of_Core_that_decides_is_mutated() => Assert.Empty(
        FilesOf("Issuer.Core", "*.cs", deep: true).Where(file => Decides.IsMatch(Path.GetFileName(file)))
            .Except(Mutated("Issuer.Core")).Except(NoDecisions));

    [Fact]
    public void Every_file_of_the_format_is_mutated() =>
        Assert.Empty(FilesOf("Issuer.Hcert", "*.cs", deep: true).Except(Mutated("Issuer.Hcert")));

    [Fact]
    public void No_file_is_mutated_twice()
    {
        var files = Groups.SelectMany(g => g.Files.SelectMany(file => FilesOf(g.Project, file).Select(f => (g.Project, f))));
        Assert.DoesNotContain(files.CountBy(file => file), pair => pair.Value > 1);
    }

    [Fact]
    public void What_is_left_out_has_not_moved_away() =>
        Assert.Empty(NoDecisions.Except(FilesOf("Issuer.Core", "*.cs", deep: true)));

    static IEnumerable<string> Mutated(string project) =>
        Groups.Where(g => g.Project == project).SelectMany(g => g.Files.SelectMany(file => FilesOf(project, file)));

    /// <summary>Those that a pattern means, as they are called in their project.</summary>
    static List<string> FilesOf(string project, string pattern, bool deep = false)
    {
        var root = Path.Combine(Repository.Root, "src", project);
        var folder = Path.Combine(root, Path.GetDirectoryName(pattern)!);
        return [.. Directory.GetFiles(
                folder, Path.GetFileName(pattern),
                deep ? SearchOption.AllDirectories : SearchOption.TopDirectoryOnly)
            .Select(file => Path.GetRelativePath(root, file))
            .Where(file => !file.StartsWith("obj", StringComparison.Ordinal)
                && !file.StartsWith("bin", StringComparison.Ordinal))];
    }
}
