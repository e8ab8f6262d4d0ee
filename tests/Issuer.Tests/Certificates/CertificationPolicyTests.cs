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
}
