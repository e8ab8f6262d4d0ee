using System.Xml.Linq;

namespace Issuer.Tests.Architecture;

/// <summary>Hcert &lt;- Core &lt;- Storage &lt;- Server, and nothing the other way (design.md section 3).</summary>
public class ProjectReferenceTests
{
    static readonly string[] Inwards = ["Issuer.Hcert", "Issuer.Core", "Issuer.Storage", "Issuer.Server"];

    [Theory]
    [InlineData("Issuer.Hcert")]
    [InlineData("Issuer.Core")]
    [InlineData("Issuer.Storage")]
    [InlineData("Issuer.Server")]
    public void A_project_refers_to_those_further_in_only(string project)
    {
        var allowed = Inwards.TakeWhile(name => name != project).Order();

        Assert.Equal(allowed, References(project, "ProjectReference").Select(Path.GetFileNameWithoutExtension).Order());
    }

    [Fact]
    public void The_format_needs_no_package() => Assert.Empty(References("Issuer.Hcert", "PackageReference"));

    [Fact]
    public void There_is_no_project_this_test_does_not_know() => Assert.Equal(
        Inwards.Order(), Directory.GetDirectories(Path.Combine(Root(), "src")).Select(Path.GetFileName).Order());

    static IEnumerable<string> References(string project, string kind) =>
        XDocument.Load(Path.Combine(Root(), "src", project, $"{project}.csproj"))
            .Descendants(kind).Select(reference => reference.Attribute("Include")!.Value);

    static string Root()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "Issuer.sln")))
        {
            at = at.Parent!;
        }
        return at.FullName;
    }
}
