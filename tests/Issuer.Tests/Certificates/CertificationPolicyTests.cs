using System.Text;
using System.Text.Json;
using Issuer.Core.Certificates;
using Issuer.Hcert;

namespace Issuer.Tests.Certificates;

public class CertificationPolicyTests
{
    [Fact]
    public void All_eight_licensed_products_are_there_and_agree_with_the_value_sets()
    {
        Assert.Equal(8, Course.Policy.Products.Count);
        Assert.All(Course.Policy.Products, product => Assert.Empty(
            ValueSets.TripleFaults(product.Code, product.Holder, product.Prophylaxis, Given.Today)));
        Assert.Equal(
            ["Abdala:3", "EU/1/20/1525:1"],
            Course.Policy.Products.Where(p => p.PrimaryDoses != 2).Select(p => $"{p.Code}:{p.PrimaryDoses}").Order());
    }

    [Fact]
    public void Products_are_found_by_code_and_trade_name_whatever_the_case()
    {
        Assert.Equal("EU/1/21/1529", Course.Policy.FindProduct("ASTRAZENECA")!.Code);
        Assert.Equal("BBIBP-CorV", Course.Policy.FindProduct("bbibp-corv")!.Code);
        Assert.Null(Course.Policy.FindProduct("Inactivated-SARS-CoV-2-Vero-Cell"));
    }

    [Fact]
    public void The_policy_in_force_is_the_youngest_that_has_begun()
    {
        var later = Course.Policy with { ValidFrom = new DateOnly(2026, 1, 1) };

        Assert.Same(later, CertificationPolicy.At([later, Course.Policy], new DateOnly(2026, 1, 1)));
        Assert.Same(Course.Policy, CertificationPolicy.At([later, Course.Policy], new DateOnly(2025, 12, 31)));
        Assert.Throws<InvalidOperationException>(() => CertificationPolicy.At([later], new DateOnly(2025, 12, 31)));
    }

    [Theory]
    [InlineData("[{}]")]
    [InlineData("null")]
    [InlineData("""[{"validFrom":"2021-01-01","unknown":1}]""")]
    public void A_policy_file_with_a_member_too_few_or_too_many_is_refused(string json) =>
        Assert.Throws<JsonException>(() => CertificationPolicy.Parse(Encoding.UTF8.GetBytes(json)));
}
