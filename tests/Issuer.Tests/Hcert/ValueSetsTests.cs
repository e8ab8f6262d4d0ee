using System.Text.Json.Nodes;
using Issuer.Hcert;

namespace Issuer.Tests.Hcert;

public sealed class ValueSetsTests
{
    static readonly DateOnly Day = new(2022, 4, 15);

    [ConformanceFact]
    public void Every_product_of_the_published_instructions_is_there_with_its_codes()
    {
        var path = Conformance.PathOf("valuesets", "vaccine-encoding-instructions.json");
        var published = JsonNode.Parse(File.ReadAllText(path))!["valueSetValues"]!.AsObject();
        Assert.Equal(39, published.Count);
        Assert.Equal(published.Count, ValueSets.Products.Count);
        foreach (var (_, instruction) in published)
        {
            var code = instruction!["vaccine-code"]!.GetValue<string>();
            var product = ValueSets.FindProduct(code.Replace(" (deprecated)", "", StringComparison.Ordinal));
            Assert.NotNull(product);
            Assert.Equal(instruction["vaccine-manufacturer"]!.GetValue<string>(), product.Holder);
            Assert.Equal(
                instruction["sct-codes"]!.AsArray().Select(node => node!.GetValue<string>()).Order(),
                product.Prophylaxes.Order());
        }
    }

    [Theory]
    [InlineData("AstraZeneca", "EU/1/21/1529", "29061000087103")]
    [InlineData("pfizer", "EU/1/20/1528", "1119349007")]
    [InlineData("Comirnaty", "EU/1/20/1528", "1119349007")]
    [InlineData("MODERNA", "EU/1/20/1507", "1119349007")]
    [InlineData("Janssen", "EU/1/20/1525", "29061000087103")]
    [InlineData("Vero-Cell", "BBIBP-CorV", "1157024006")]
    [InlineData("vero cell", "BBIBP-CorV", "1157024006")]
    [InlineData("Hayat Vax", "Hayat-Vax", "1157024006")]
    [InlineData("Sputnik V", "Sputnik-V", "29061000087103")]
    [InlineData("Abdala", "Abdala", "28531000087107")]
    public void Vietnamese_trade_names_lead_to_their_code_and_preferred_prophylaxis(
        string name, string code, string prophylaxis)
    {
        var product = ValueSets.FindTradeName(name);
        Assert.NotNull(product);
        Assert.Equal((code, prophylaxis), (product.Code, product.Prophylaxes[0]));
        Assert.Empty(ValueSets.TripleFaults(code, product.Holder, prophylaxis, Day));
    }

    [Fact]
    public void Eight_products_have_Vietnamese_names() =>
        Assert.Equal(8, ValueSets.Products.Count(product => product.TradeNames.Count > 0));

    [Fact]
    public void The_pair_of_Vietnams_real_sample_is_caught() => Assert.Equal(
        2, ValueSets.TripleFaults("EU/1/21/1529", "ORG-100030215", "J07BX03", Day).Count);

    [Fact]
    public void A_wrong_code_is_told_with_those_that_would_be_right() => Assert.Equal(
        ["ma: EU/1/21/1529 belongs to ORG-100001699", "vp: EU/1/21/1529 is one of 29061000087103, 28531000087107"],
        ValueSets.TripleFaults("EU/1/21/1529", "ORG-100030215", "J07BX03", Day));

    [Fact]
    public void An_unknown_product_is_a_fault_and_has_no_entry()
    {
        Assert.Null(ValueSets.FindProduct("eu/1/21/1529"));
        Assert.Null(ValueSets.FindTradeName(""));
        Assert.NotEmpty(ValueSets.TripleFaults("Nanocovax", "Nanogen", "1162643001", Day));
    }

    [Fact]
    public void A_code_that_was_withdrawn_is_good_until_its_last_day()
    {
        const string Code = "Inactivated-SARS-CoV-2-Vero-Cell";
        var last = ValueSets.FindProduct(Code)!.To!.Value;
        Assert.Empty(ValueSets.TripleFaults(Code, "ORG-100010771", "1157024006", last));
        Assert.NotEmpty(ValueSets.TripleFaults(Code, "ORG-100010771", "1157024006", last.AddDays(1)));
    }
}
