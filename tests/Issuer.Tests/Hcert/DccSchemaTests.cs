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
    [InlineData("v", "7", "v")]
    [InlineData("r", "[{}]", "r.fr")]
    [InlineData("r", "[{}]", "exactly one of v, t and r")]
    [InlineData("t", "[{}]", "t.sc")]
    [InlineData("nam", "{\"fnt\":\"N\",\"gn\":7}", "nam.gn")]
    public void A_broken_rule_is_named(string path, string json, string fault)
    {
        var faults = DccSchema.FaultsOfJson(With(path, json));
        Assert.Contains(
            faults, text => text.StartsWith(fault + ":", StringComparison.Ordinal) || text == fault);
    }

    [Theory]
    [InlineData("dob", "\"\"")]
    [InlineData("dob", "\"1984\"")]
    [InlineData("dob", "\"1984-02\"")]
    [InlineData("nam", "{\"fnt\":\"\"}")]
    [InlineData("v.dn", "2.0")]
    [InlineData("v.dn", "77")]
    [InlineData("v.dn", "1")]
    [InlineData("v.dn", "1.0")]
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
    public void Every_field_that_is_required_is_missed_by_name()
    {
        static string[] Missed(string kind) => [.. DccSchema.FaultsOfJson($$"""{"{{kind}}":[{}]}""")
            .Where(fault => fault.EndsWith(": is missing", StringComparison.Ordinal))
            .Select(fault => fault[..fault.IndexOf(':', StringComparison.Ordinal)]).Order(StringComparer.Ordinal)];

        Assert.Equal(
            ["v.ci", "v.co", "v.dn", "v.dt", "v.is", "v.ma", "v.mp", "v.sd", "v.tg", "v.vp"], Missed("v"));
        Assert.Equal(["t.ci", "t.co", "t.is", "t.sc", "t.tg", "t.tr", "t.tt"], Missed("t"));
        Assert.Equal(["r.ci", "r.co", "r.df", "r.du", "r.fr", "r.is", "r.tg"], Missed("r"));
    }

    [Theory]
    [InlineData("t", "nm")]
    [InlineData("t", "ma")]
    [InlineData("t", "tc")]
    [InlineData("nam", "fn")]
    [InlineData("nam", "gn")]
    [InlineData("nam", "fnt")]
    [InlineData("nam", "gnt")]
    public void A_field_that_may_be_missing_must_be_text_when_it_is_there(string path, string field)
    {
        var entry = $$"""{"{{field}}":7}""";
        Assert.Contains(
            DccSchema.FaultsOfJson(With(path, path == "t" ? $"[{entry}]" : entry)),
            fault => fault.StartsWith($"{path}.{field}: ", StringComparison.Ordinal)
                && !fault.EndsWith("is missing", StringComparison.Ordinal));
    }

    [Fact]
    public void A_standardised_name_has_80_letters_of_its_alphabet_and_a_text_is_said_to_be_one()
    {
        Assert.Empty(DccSchema.FaultsOfJson(With("nam", $$"""{"fnt":"{{new string('Z', 79)}}<"}""")));
        Assert.Equal(
            ["nam.fnt: at most 80 of A–Z and <"],
            DccSchema.FaultsOfJson(With("nam", $$"""{"fnt":"{{new string('Z', 81)}}"}""")));
        Assert.Equal(["v.mp: text"], DccSchema.FaultsOfJson(With("v.mp", "7")));
        Assert.Equal(["exactly one of v, t and r"], DccSchema.FaultsOfJson(With("v", "0").Replace(
            ",\"v\":0", "", StringComparison.Ordinal)));
    }

    [Fact]
    public void JSON_is_read_into_the_same_items_as_CBOR()
    {
        Assert.True(JsonTree.TryRead("""[true,false,null,1,1.5,"a",{"b":[]}]""", out var item, out _));
        Assert.True(CborTree.TryRead(Convert.FromHexString("87F5F4F601F93E006161A1616280"), out var same, out _));
        Assert.Equal(
            Assert.IsType<CborItem.List>(same).Items.Take(6), Assert.IsType<CborItem.List>(item).Items.Take(6));
        Assert.False(JsonTree.TryRead("{", out _, out var fault));
        Assert.Equal("not well-formed JSON", fault);
        Assert.False(JsonTree.TryRead("""{"a":1,"b":2,"a":1}""", out _, out _));
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
