using System.Text;
using Issuer.Core;
using Issuer.Core.Pki;
using Issuer.Core.Policies;

namespace Issuer.Tests.Policies;

/// <summary>Files of before there were versions.</summary>
public sealed class FoundPolicyFileTests
{
    const string Validity = "validity-policy.json";

    [Fact]
    public void What_a_file_leaves_out_is_as_it_always_was_and_capitals_do_not_matter()
    {
        var found = Read(Validity, """{"Months": 6, "regenerationWindowDays": 30, "regenerationSpreadDays": 25}""");
        var policy = found.Value!.Document.Of(PolicyKinds.Validity);

        Assert.Equal(
            ValidityPolicy.Default with
            {
                Months = 6,
                RegenerationWindow = TimeSpan.FromDays(30),
                RegenerationSpread = TimeSpan.FromDays(25),
            },
            policy);
        Assert.Equal(
            ["79-0001"],
            Read("signing-policy.json", """{"facilitiesWithOwnDsc": ["79-0001"]}""").Value!.Document
                .Of(PolicyKinds.Signing).FacilitiesWithOwnDsc);
        Assert.Equal(PolicyKinds.Validity.Shipped.Digest, Read(Validity, "{}").Value!.Document.Digest);
    }

    [Theory]
    [InlineData("""{"months": 0}""", "months: must be a whole number from 1 to 60")]
    [InlineData("""{"month": 6}""", "month: is not a known member")]
    [InlineData("""{"kind": "signing", "facilitiesWithOwnDsc": []}""", "validity-policy.json: ")]
    [InlineData("""{"months": 1, "months": 2}""", "not JSON, or a member appears twice")]
    [InlineData("[]", "not a JSON object")]
    [InlineData("null", "not a JSON object")]
    [InlineData("{", "not JSON")]
    public void A_file_that_cannot_be_read_is_refused_with_its_name(string file, string why)
    {
        var rejection = Read(Validity, file).Rejection!;
        Assert.Equal(RejectionKind.Malformed, rejection.Kind);
        Assert.StartsWith("validity-policy.json: ", rejection.Detail, StringComparison.Ordinal);
        Assert.Contains(why, rejection.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_noted_file_must_be_what_it_was_until_an_import_has_taken_its_place()
    {
        var bytes = Encoding.UTF8.GetBytes("""{"months": 6}""");
        var found = FoundPolicyFile.Read(Validity, bytes).Value!;
        var noted = new PolicyVersion(found.Document, 0, PolicyOrigin.Found, Given.Act, found.Digest);
        var imported = new PolicyVersion(found.Document, 1, PolicyOrigin.Imported, Given.Act);
        var changed = Encoding.UTF8.GetBytes("""{"months": 60}""");

        Assert.Null(FoundPolicyFile.Check(new PolicyBook([noted]), Validity, bytes));
        Assert.Contains(
            "validity-policy.json is not the file",
            FoundPolicyFile.Check(new PolicyBook([noted]), Validity, changed)!.Detail,
            StringComparison.Ordinal);
        Assert.Null(FoundPolicyFile.Check(new PolicyBook([noted, imported]), Validity, changed));
        Assert.Null(FoundPolicyFile.Check(new PolicyBook([]), Validity, changed));
        Assert.Equal(
            [true, false, true],
            new PolicyBook[] { new([]), new([noted]), new([noted, imported]) }
                .Select(book => FoundPolicyFile.IsIdle(book, Validity)));
    }

    static Result<FoundPolicyFile> Read(string name, string file) =>
        FoundPolicyFile.Read(name, Encoding.UTF8.GetBytes(file));
}
