using System.Text.Json.Nodes;
using Issuer.Hcert;

namespace Issuer.Tests.Hcert;

public sealed class DccSchemaTests
{
    public static TheoryData<string> Valid() => Conformance.Rows("dcc-schema", "test", "valid");

    public static TheoryData<string> Invalid() => Conformance.Rows("dcc-schema", "test", "invalid");

    [ConformanceTheory]
    [MemberData(nameof(Valid))]
    public void The_published_valid_examples_have_no_fault(string file) =>
        Assert.Empty(DccSchema.FaultsOfJson(File.ReadAllText(Conformance.PathOf("dcc-schema", "test", "valid", file))));

    [ConformanceTheory]
    [MemberData(nameof(Invalid))]
    public void The_published_invalid_examples_have_faults(string file) => Assert.NotEmpty(
        DccSchema.FaultsOfJson(File.ReadAllText(Conformance.PathOf("dcc-schema", "test", "invalid", file))));

    [Theory]
    [InlineData("ver", "\"1.3\"", "ver")]
    [InlineData("ver", "13", "ver")]
    [InlineData("dob", "\"1899-01-01\"", "dob")]
    [InlineData("dob", "\"1984-02-29T00:00:00\"", "dob")]
    [InlineData("dob", "\"1984\\n\"", "dob")]
    [InlineData("dob", "null", "dob")]
    [InlineData("nam", "{}", "nam.fnt")]
    [InlineData("nam", "{\"gnt\":\"ANH\"}", "nam.fnt")]
    [InlineData("nam", "{\"fnt\":\"NGUYỄN\"}", "nam.fnt")]
    [InlineData("nam", "[]", "nam")]
    [InlineData("v", "[]", "v")]
    [InlineData("v", "null", "v")]
    [InlineData("v", "[{}]", "v.tg")]
    [InlineData("t", "null", "t")]
    [InlineData("v.dn", "0", "v.dn")]
    [InlineData("v.dn", "1.5", "v.dn")]
    [InlineData("v.dn", "\"1\"", "v.dn")]
    [InlineData("v.co", "\"vn\"", "v.co")]
    [InlineData("v.ci", "7", "v.ci")]
    public void A_broken_rule_is_named(string path, string json, string fault)
    {
        var faults = DccSchema.FaultsOfJson(With(path, json));
        Assert.Contains(faults, text => text.StartsWith(fault + ":", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("dob", "\"\"")]
    [InlineData("dob", "\"1984\"")]
    [InlineData("dob", "\"1984-02\"")]
    [InlineData("nam", "{\"fnt\":\"\"}")]
    [InlineData("v.dn", "2.0")]
    [InlineData("v.dn", "77")]
    [InlineData("v.co", "\"UNHCR\"")]
    [InlineData("extra", "{\"a\":1}")]
    public void What_the_schema_allows_has_no_fault(string path, string json) =>
        Assert.Empty(DccSchema.FaultsOfJson(With(path, json)));

    [Theory]
    [InlineData("1.3.2", true)]
    [InlineData("1.3.10", true)]
    [InlineData("1.3.1", false)]
    public void A_given_name_alone_is_enough_from_1_3_2_on(string version, bool enough)
    {
        var dcc = JsonNode.Parse(With("nam", "{\"gnt\":\"ANH\"}"))!;
        dcc["ver"] = version;
        Assert.Equal(enough, DccSchema.FaultsOfJson(dcc.ToJsonString()).Count == 0);
    }

    [Fact]
    public void Length_is_counted_in_characters_not_in_code_units()
    {
        Assert.Empty(DccSchema.FaultsOfJson(With("v.is", $"\"{string.Concat(Enumerable.Repeat("𠮷", 80))}\"")));
        Assert.NotEmpty(DccSchema.FaultsOfJson(With("v.is", $"\"{new string('a', 81)}\"")));
    }

    [Fact]
    public void All_faults_are_named_at_once() => Assert.True(DccSchema.FaultsOfJson("{\"v\":[{}]}").Count >= 13);

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"ver\":\"1.3.0\",\"ver\":\"1.3.0\"}")]
    public void What_is_no_object_or_no_JSON_is_a_fault_too(string json) =>
        Assert.NotEmpty(DccSchema.FaultsOfJson(json));

    static string With(string path, string json)
    {
        var dcc = JsonNode.Parse(
            """
            {"ver":"1.3.0","nam":{"fn":"Nguyễn","fnt":"NGUYEN"},"dob":"1984-02-29","v":[{"tg":"840539006",
            "vp":"1119349007","mp":"EU/1/20/1528","ma":"ORG-100030215","dn":2,"sd":2,"dt":"2021-11-20","co":"VN",
            "is":"Bộ Y tế","ci":"URN:UVCI:01:VN:X"}]}
            """)!;
        if (path.StartsWith("v.", StringComparison.Ordinal))
        {
            dcc["v"]![0]![path[2..]] = JsonNode.Parse(json);
        }
        else
        {
            dcc[path] = JsonNode.Parse(json);
        }
        return dcc.ToJsonString();
    }
}
