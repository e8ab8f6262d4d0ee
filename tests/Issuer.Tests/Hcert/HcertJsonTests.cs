using System.Text.Json.Nodes;
using Issuer.Hcert;

namespace Issuer.Tests.Hcert;

public sealed class HcertJsonTests : IDisposable
{
    readonly HcertSample sample = new();

    public void Dispose() => sample.Dispose();

    [Fact]
    public void Everything_inside_is_shown()
    {
        var code = sample.Hc1();
        var json = JsonNode.Parse(HcertJson.Of(code))!;
        Assert.Equal("ES256", json["alg"]!.GetValue<string>());
        Assert.Equal(sample.Dsc.Kid.ToString(), json["kid"]!.GetValue<string>());
        Assert.Equal("VN", json["iss"]!.GetValue<string>());
        Assert.Equal("2022-04-15T03:00:00Z", json["iatUtc"]!.GetValue<string>());
        Assert.Equal("Nguyễn", json["dcc"]!["nam"]!["fn"]!.GetValue<string>());
        Assert.Null(json["fault"]);
        Assert.True(HcertReader.TryRead(code, out var hcert, out _));
        Assert.Equal(HcertJson.Of(code), HcertJson.Of(hcert));
    }

    [Fact]
    public void Unknown_fields_and_claims_are_shown_too()
    {
        var payload = ForeignCode.Claims("""{"odd":{"a":[1,2.5,null]}}""", cbor =>
        {
            cbor.WriteInt32(99);
            cbor.WriteByteString([1, 2, 3]);
        });
        var json = JsonNode.Parse(HcertJson.Of(CodeOf(payload)))!;
        Assert.Equal("AQID", json["claim 99"]!.GetValue<string>());
        Assert.Equal("""{"a":[1,2.5,null]}""", json["dcc"]!["odd"]!.ToJsonString());
        Assert.Equal("schema", json["fault"]!["layer"]!.GetValue<string>());
    }

    [Fact]
    public void What_can_be_read_of_a_broken_code_is_shown_with_the_fault()
    {
        var json = JsonNode.Parse(HcertJson.Of(CodeOf([0xA0])))!;
        Assert.Equal("ES256", json["alg"]!.GetValue<string>());
        Assert.Equal("cwt", json["fault"]!["layer"]!.GetValue<string>());
        Assert.Equal("prefix", JsonNode.Parse(HcertJson.Of("x"))!["fault"]!["layer"]!.GetValue<string>());
    }

    string CodeOf(byte[] payload) =>
        Hc1.Encode(ForeignCode.Cose(sample, ForeignCode.Header(kid: sample.Dsc.Kid), payload));
}
