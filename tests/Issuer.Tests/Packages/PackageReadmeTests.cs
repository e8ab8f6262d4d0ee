using System.Security.Cryptography;
using Issuer.Tests.Hcert;

namespace Issuer.Tests.Packages;

/// <summary>
/// The examples in the packages' READMEs are files of <c>tests/packages</c>, compiled here and, against the packed
/// packages, by <c>tests/run.sh</c>.
/// </summary>
public sealed class PackageReadmeTests
{
    static readonly string Examples = Path.Combine(Repository.Root, "tests/packages");

    [Theory]
    [InlineData("Issuer.Hcert", "OneSigner.cs", "SignOne.cs")]
    [InlineData("Issuer.Verification", "BorderCheck.cs")]
    public void Every_example_of_a_README_is_a_file_that_is_compiled(string package, params string[] files)
    {
        var blocks = File.ReadAllText(Path.Combine(Repository.Root, "src", package, "README.md"))
            .Split("```csharp\n").Skip(1).Select(rest => rest[..rest.IndexOf("```", StringComparison.Ordinal)]);
        Assert.Equal(files.Select(file => File.ReadAllText(Path.Combine(Examples, file))), blocks);
    }

    [Fact]
    public void The_examples_judge_a_publication_of_2022_as_they_did_then()
    {
        var answers = Golden.Answers(Path.Combine(Examples, "golden")).ToList();
        Assert.NotEmpty(answers);
        Assert.All(answers, answer => Assert.Equal(answer.Expected, answer.Actual));
    }

    [Fact]
    public void What_one_example_signs_the_other_finds_valid()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var dsc = HcertSample.DscFor(key);
        var hc1 = SignOne.Sign(HcertSample.Dcc, HcertSample.IssuedAt, HcertSample.ExpiresAt, dsc, key);
        Assert.Equal(
            "valid: NGUYEN, born 1984-02-29", OneSigner.Check(hc1, dsc.Der.ToArray(), HcertSample.IssuedAt.AddDays(1)));
    }
}
