using Issuer.Server.Hosting;
using Issuer.Tests.Pki;

namespace Issuer.Tests.Campaign;

/// <summary>The ministry's policy files, written by hand.</summary>
public sealed class JsonFaultTests : IDisposable
{
    readonly Folder folder = new();

    [Theory]
    [InlineData("{", "not JSON: line 1, byte 2")]
    [InlineData("""{"months":"x"}""", "months is not of the right type")]
    [InlineData("""{"moths":12}""", "moths is not a known member")]
    [InlineData("[]", "not a JSON object")]
    public void A_policy_file_that_cannot_be_read_is_told_by_member(string content, string expected)
    {
        var path = folder.File(ValidityPolicyFile.Name, System.Text.Encoding.UTF8.GetBytes(content));

        var refused = Assert.Throws<RefusedException>(() => ValidityPolicyFile.Read(folder.Path));

        Assert.Equal($"{path}: {expected}", refused.Message);
    }

    [Fact]
    public void So_is_the_other_one()
    {
        folder.File(SigningPolicyFile.Name, """{"facilitiesWithOwnDsc":5}"""u8);

        var refused = Assert.Throws<RefusedException>(() => SigningPolicyFile.Read(folder.Path));

        Assert.EndsWith(": facilitiesWithOwnDsc is not of the right type", refused.Message, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();
}
