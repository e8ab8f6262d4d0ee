using System.Xml.Linq;

namespace Issuer.Tests.Architecture;

/// <summary>
/// Hcert &lt;- Verification &lt;- Core &lt;- Storage &lt;- Server, and nothing the other way (design.md section 3).
/// </summary>
public class ProjectReferenceTests
{
    static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Issuer.Hcert"] = [],
        ["Issuer.Samples"] = ["Issuer.Hcert"],
        ["Issuer.Verification"] = ["Issuer.Hcert"],
        ["Issuer.Core"] = ["Issuer.Hcert", "Issuer.Verification"],
        ["Issuer.Storage"] = ["Issuer.Core", "Issuer.Hcert", "Issuer.Verification"],
        ["Issuer.Server"] = ["Issuer.Core", "Issuer.Hcert", "Issuer.Samples", "Issuer.Storage", "Issuer.Verification"],
    };

    public static TheoryData<string> Projects => [.. Allowed.Keys];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_refers_to_those_further_in_only(string project) => Assert.Equal(
        Allowed[project], References(project, "ProjectReference").Select(Path.GetFileNameWithoutExtension).Order());

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_shows_its_inside_to_tests_only(string project) => Assert.All(
        References(project, "InternalsVisibleTo"),
        friend => Assert.True(Directory.Exists(Path.Combine(Repository.Root, "tests", friend)), friend));

    [Fact]
    public void The_format_needs_CBOR_alone() =>
        Assert.Equal(["System.Formats.Cbor"], References("Issuer.Hcert", "PackageReference"));

    [Fact]
    public void The_verdict_needs_BouncyCastle_alone() =>
        Assert.Equal(["BouncyCastle.Cryptography"], References("Issuer.Verification", "PackageReference"));

    [Fact]
    public void Nothing_inside_the_server_needs_ASP_NET() => Assert.All(
        Allowed.Keys, project => Assert.Empty(References(project, "FrameworkReference")));

    [Fact]
    public void There_is_no_project_this_test_does_not_know() => Assert.Equal(
        Allowed.Keys.Order(),
        Directory.GetDirectories(Path.Combine(Repository.Root, "src")).Select(Path.GetFileName).Order());

    static IEnumerable<string> References(string project, string kind) =>
        XDocument.Load(Path.Combine(Repository.Root, "src", project, $"{project}.csproj"))
            .Descendants(kind).Select(reference => reference.Attribute("Include")!.Value);
}
