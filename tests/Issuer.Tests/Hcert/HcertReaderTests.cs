using System.Formats.Cbor;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Issuer.Hcert;

namespace Issuer.Tests.Hcert;

public sealed class HcertReaderTests : IDisposable
{
    readonly HcertSample sample = new();

    public void Dispose() => sample.Dispose();

    [Fact]
    public void What_was_written_is_read()
    {
        Assert.True(HcertReader.TryRead(sample.Hc1(), out var hcert, out _));
        Assert.Equal(HcertSample.Cwt, new Cwt(
            hcert.Issuer, hcert.IssuedAt!.Value, hcert.ExpiresAt!.Value, hcert.Dcc));
        Assert.Equal(sample.Dsc.Kid, hcert.Kid);
        Assert.Equal(CoseAlgorithm.ES256, hcert.Algorithm);
    }

    [Fact]
    public void Any_certificate_comes_back_as_it_was() =>
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(
            ArbMap.Default.ArbFor<(DateTime, NonEmptyString, PositiveInt, PositiveInt)>(),
            values =>
            {
                var (date, text, dose, series) = values;
                var name = CanonicalText.ToNfc(string.Concat(text.Get.Where(c => !char.IsSurrogate(c))).Trim());
                var cwt = HcertSample.Cwt with
                {
                    Dcc = HcertSample.Dcc with
                    {
                        Name = new PersonName(name, null, StandardisedName.Of(name), null),
                        DateOfBirth = "",
                        Entry = HcertSample.Vaccination with
                        {
                            Date = DateOnly.FromDateTime(date),
                            DoseNumber = dose.Get,
                            SeriesDoses = series.Get,
                        },
                    },
                };
                return HcertReader.TryRead(sample.Hc1(cwt), out var hcert, out _) && hcert.Dcc == cwt.Dcc;
            }));

    [Theory]
    [InlineData("dob", "\"1984-02-29T00:00:00\"")]
    [InlineData("dob", "null")]
    [InlineData("t", "null")]
    [InlineData("r", "[]")]
    [InlineData("nam.fn", "\"  Nguyễn \"")]
    [InlineData("nam.fnt", "\"NGUYỄN 2\"")]
    [InlineData("nam.gn", "null")]
    [InlineData("nam.gn", "\"\"")]
    [InlineData("nam", "{}")]
    [InlineData("v.dn", "2.0")]
    [InlineData("v.sd", "9")]
    [InlineData("v.dt", "\"2021-11-20T10:11:12Z\"")]
    [InlineData("v.dt", "\" 2021-11-20 \"")]
    [InlineData("v.extra", "{\"a\":[1,2,3]}")]
    [InlineData("v.mp", "\"no such product\"")]
    public void What_issuers_really_write_is_tolerated(string path, string json) =>
        Assert.Equal(Verdict.Valid, Judge(ForeignCode.Claims(With(path, json))).Verdict);

    [Theory]
    [InlineData("ver", "null")]
    [InlineData("nam", "null")]
    [InlineData("v", "[]")]
    [InlineData("v", "{}")]
    [InlineData("v", "[null]")]
    [InlineData("v.dn", "0")]
    [InlineData("v.dn", "-1")]
    [InlineData("v.dn", "1.5")]
    [InlineData("v.dn", "1e35")]
    [InlineData("v.dn", "99999999999")]
    [InlineData("v.dn", "\"2\"")]
    [InlineData("v.dt", "\"yesterday\"")]
    [InlineData("v.dt", "\"2021-02-30\"")]
    [InlineData("v.ci", "null")]
    [InlineData("v.ci", "7")]
    public void What_cannot_be_understood_is_malformed(string path, string json)
    {
        var verification = Judge(ForeignCode.Claims(With(path, json)));
        Assert.Equal(Verdict.Malformed, verification.Verdict);
        Assert.StartsWith("Schema:", verification.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_entries_are_refused_of_one_kind_or_of_two()
    {
        var dcc = JsonNode.Parse(With("x", "0"))!;
        var entry = dcc["v"]![0]!.DeepClone();
        dcc["v"]!.AsArray().Add(entry);
        Assert.Equal(Verdict.Malformed, Judge(ForeignCode.Claims(dcc.ToJsonString())).Verdict);
        dcc["v"]!.AsArray().RemoveAt(1);
        dcc["r"] = new JsonArray(entry.DeepClone());
        Assert.Equal(Verdict.Malformed, Judge(ForeignCode.Claims(dcc.ToJsonString())).Verdict);
    }

    [Fact]
    public void A_dose_number_that_is_a_bignum_is_refused()
    {
        var payload = Convert.ToHexString(ForeignCode.Claims(With("v.dn", "2")));
        var bignum = payload.Replace("62646E02", "62646EC24901FFFFFFFFFFFFFFFF", StringComparison.Ordinal);
        Assert.NotEqual(payload, bignum);
        Assert.Equal(Verdict.Malformed, Judge(Convert.FromHexString(bignum)).Verdict);
    }

    [Fact]
    public void Times_as_floats_are_read()
    {
        var payload = ForeignCode.Claims(With("x", "0"), cbor =>
        {
            cbor.WriteInt32(6);
            cbor.WriteDouble(HcertSample.IssuedAt.ToUnixTimeSeconds() + 0.25);
            cbor.WriteInt32(4);
            cbor.WriteTag(CborTag.UnixTimeSeconds);
            cbor.WriteDouble(HcertSample.ExpiresAt.ToUnixTimeSeconds());
        });
        var verification = Judge(payload);
        Assert.Equal(Verdict.Valid, verification.Verdict);
        Assert.Equal(HcertSample.IssuedAt, verification.Hcert!.IssuedAt);
        Assert.Equal(HcertSample.ExpiresAt, verification.Hcert.ExpiresAt);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-1.0)]
    [InlineData(1e300)]
    [InlineData(1650000000000.0)]
    public void Times_that_are_none_are_refused(double exp) => Assert.Equal(
        Verdict.Malformed,
        Judge(ForeignCode.Claims(With("x", "0"), cbor =>
        {
            cbor.WriteInt32(6);
            cbor.WriteInt32(0);
            cbor.WriteInt32(4);
            cbor.WriteDouble(exp);
        })).Verdict);

    [Fact]
    public void Without_exp_or_iat_a_code_can_be_read_but_is_malformed_to_a_verifier()
    {
        var payload = ForeignCode.Claims(With("x", "0"), _ => { });
        var code = CodeOf(payload);
        Assert.True(HcertReader.TryRead(code, out var hcert, out _));
        Assert.Null(hcert.ExpiresAt);
        Assert.Equal(Verdict.Malformed, sample.Verify(code).Verdict);
    }

    [Theory]
    [InlineData("", DecodeLayer.Prefix)]
    [InlineData("HC1", DecodeLayer.Prefix)]
    [InlineData("hc1:", DecodeLayer.Prefix)]
    [InlineData("HC2:6BF", DecodeLayer.Prefix)]
    [InlineData("HC1:abc", DecodeLayer.Base45)]
    [InlineData("HC1:", DecodeLayer.Compression)]
    [InlineData("HC1:BB8BB8BB8", DecodeLayer.Compression)]
    public void The_layer_at_fault_is_named(string text, DecodeLayer layer)
    {
        Assert.False(HcertReader.TryRead(text, out _, out var fault));
        Assert.Equal(layer, fault.Layer);
    }

    [Fact]
    public void A_text_longer_than_any_code_is_refused_unread()
    {
        Assert.False(HcertReader.TryRead("HC1:" + new string('0', Hc1.MaxCharacters), out _, out var fault));
        Assert.Equal(DecodeLayer.Prefix, fault.Layer);
    }

    [Fact]
    public void Deeper_layers_are_named_too()
    {
        Assert.Equal(DecodeLayer.Cose, FaultOf(Hc1.Encode([0x80])).Layer);
        Assert.Equal(DecodeLayer.Cwt, FaultOf(CodeOf([0x80])).Layer);
        Assert.Equal(DecodeLayer.Cwt, FaultOf(CodeOf([0xA0])).Layer);
        Assert.Equal(DecodeLayer.Cwt, FaultOf(CodeOf([0xA0, 0x00])).Layer);
        Assert.Equal(DecodeLayer.Schema, FaultOf(CodeOf(ForeignCode.Claims("{}"))).Layer);
    }

    [Fact]
    public void No_text_makes_it_throw() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(
            ArbMap.Default.ArbFor<string>(),
            text => HcertReader.TryRead("HC1:" + text, out var hcert, out var fault) == fault is null
                && HcertJson.Of(text ?? "").Length > 0 && hcert is null == fault is not null));

    /// <summary>Valid codes, changed in one to four places of one layer: text, zlib, COSE, claims.</summary>
    [Fact]
    public void No_mutation_at_any_layer_makes_it_throw()
    {
        var payload = CwtWriter.Write(HcertSample.Cwt);
        var header = ForeignCode.Header(kid: sample.Dsc.Kid);
        var mutation = Gen.ArrayOf(Gen.Two(Gen.Choose(0, int.MaxValue)), 4);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(4000), Prop.ForAll(
            Arb.From(Gen.Choose(0, 3)),
            Arb.From(mutation),
            (layer, changes) =>
            {
                var code = layer switch
                {
                    0 => Text(Mutate(System.Text.Encoding.Latin1.GetBytes(sample.Hc1()), changes)),
                    1 => Hc1.Prefix + Base45.Encode(Mutate(Zipped(sample.Cose()), changes)),
                    2 => Hc1.Encode(Mutate(sample.Cose(), changes)),
                    _ => Hc1.Encode(ForeignCode.Cose(sample, header, Mutate(payload, changes))),
                };
                return HcertReader.TryRead(code, out _, out var fault) == fault is null
                    && HcertJson.Of(code).Length > 0 && sample.Verify(code).Detail.Length > 0;
            }));
    }

    static string Text(byte[] bytes) => System.Text.Encoding.Latin1.GetString(bytes);

    static byte[] Zipped(byte[] cose) =>
        Zlib.Compress(cose, new byte[SmallDeflate.MaxInput + Zlib.MaxExpansion]).ToArray();

    // Each change overwrites, inserts or removes one byte; a change of (0, 0) after the first is none.
    static byte[] Mutate(byte[] bytes, (int Place, int Value)[] changes)
    {
        var result = bytes.ToList();
        foreach (var (place, value) in changes.Take(1 + (changes.Length > 0 ? changes[0].Value % 4 : 0)))
        {
            var at = place % Math.Max(1, result.Count);
            switch (value % 3)
            {
                case 0 when result.Count > 0:
                    result[at] = (byte)((value >> 8) & 255);
                    break;
                case 1:
                    result.Insert(at, (byte)((value >> 8) & 255));
                    break;
                case 2 when result.Count > 0:
                    result.RemoveAt(at);
                    break;
            }
        }
        return [.. result];
    }

    static DecodeFault FaultOf(string code)
    {
        Assert.False(HcertReader.TryRead(code, out _, out var fault));
        return fault;
    }

    string CodeOf(byte[] payload) =>
        Hc1.Encode(ForeignCode.Cose(sample, ForeignCode.Header(kid: sample.Dsc.Kid), payload));

    Verification Judge(byte[] payload) => sample.Verify(CodeOf(payload));

    static string With(string path, string json)
    {
        var dcc = JsonNode.Parse(
            """
            {"v":[{"tg":"840539006","vp":"1119349007","mp":"EU/1/20/1528","ma":"ORG-100030215","dn":2,"sd":2,
            "dt":"2021-11-20","co":"VN","is":"Bộ Y tế","ci":"URN:UVCI:01:VN:X"}],"dob":"1984-02-29",
            "nam":{"fn":"Nguyễn","fnt":"NGUYEN"},"ver":"1.3.0"}
            """)!;
        var (parent, key) = path.Split('.') switch
        {
            ["v", var field] => (dcc["v"]![0]!, field),
            ["nam", var field] => (dcc["nam"]!, field),
            _ => (dcc, path),
        };
        parent[key] = JsonNode.Parse(json);
        return dcc.ToJsonString();
    }
}
