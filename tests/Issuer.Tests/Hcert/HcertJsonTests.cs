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

    [Fact]
    public void The_text_is_indented_with_every_kind_of_value_under_its_name()
    {
        var payload = ForeignCode.Claims("""{"b":1}""", cbor =>
        {
            cbor.WriteInt32(1);
            cbor.WriteTextString("VN");
            cbor.WriteInt32(4);
            cbor.WriteInt64(1);
            cbor.WriteTextString("odd");
            cbor.WriteStartArray(4);
            cbor.WriteBoolean(true);
            cbor.WriteDouble(double.NaN);
            cbor.WriteTag((System.Formats.Cbor.CborTag)24);
            cbor.WriteByteString([1]);
            cbor.WriteBoolean(false);
            cbor.WriteEndArray();
        });
        var cose = ForeignCode.Cose(
            sample, ForeignCode.Header(kid: new Kid([1, 2, 3, 4, 5, 6, 7, 8])), payload,
            cbor =>
            {
                cbor.WriteInt32(9);
                cbor.WriteNull();
            },
            signature: _ => new byte[64]);

        Assert.Equal(
            $$"""
            {
              "alg": "ES256",
              "kid": "AQIDBAUGBwg=",
              "protected": {
                "1": -7,
                "4": "AQIDBAUGBwg="
              },
              "unprotected": {
                "9": null
              },
              "signature": "{{new string('0', 128)}}",
              "iss": "VN",
              "exp": 1,
              "expUtc": "1970-01-01T00:00:01Z",
              "claim odd": [
                true,
                null,
                "AQ==",
                false
              ],
              "dcc": {
                "b": 1
              },
              "fault": {
                "layer": "schema",
                "text": "nam is missing"
              }
            }
            """.ReplaceLineEndings("\n"),
            HcertJson.Of(Hc1.Encode(cose)));
    }

    string CodeOf(byte[] payload) =>
        Hc1.Encode(ForeignCode.Cose(sample, ForeignCode.Header(kid: sample.Dsc.Kid), payload));
}
