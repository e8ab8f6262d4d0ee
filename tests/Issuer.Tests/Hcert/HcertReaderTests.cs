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
    [InlineData("v.dn", "1")]
    [InlineData("v.dn", "1.0")]
    [InlineData("v.dn", "2147483647")]
    [InlineData("v.dn", "2147483647.0")]
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
    [InlineData("v.dn", "2147483648")]
    [InlineData("v.dn", "2147483648.0")]
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
    public void What_is_missing_is_named_and_a_missing_birth_date_is_an_empty_one()
    {
        Assert.Equal("Schema: nam is missing", Judge(ForeignCode.Claims(With("nam", "null"))).Detail);
        Assert.Equal("Schema: v.ci is missing".Replace("v.", "", StringComparison.Ordinal),
            Judge(ForeignCode.Claims(With("v.ci", "null"))).Detail);
        Assert.Equal("", Judge(ForeignCode.Claims(With("dob", "null"))).Hcert!.Dcc.DateOfBirth);
    }

    [Fact]
    public void A_test_is_read_with_all_of_its_fields()
    {
        const string Full = """
            {"t":[{"tg":"840539006","tt":"LP6464-4","nm":"PCR","ma":"1232","sc":"2021-11-20T10:11:12+07:00",
            "tr":"260415000","tc":"Bạch Mai","co":"VN","is":"Bộ Y tế","ci":"URN:UVCI:01:VN:T"}],
            "dob":"1984","nam":{"fnt":"NGUYEN"},"ver":"1.3.0"}
            """;
        var test = new TestEntry
        {
            Disease = "840539006", TestType = "LP6464-4", TestName = "PCR", Device = "1232",
            SampledAt = new DateTimeOffset(2021, 11, 20, 3, 11, 12, TimeSpan.Zero), Result = "260415000",
            Centre = "Bạch Mai", Country = "VN", Issuer = "Bộ Y tế", CertificateIdentifier = "URN:UVCI:01:VN:T",
        };

        Assert.Equal(test, Judge(ForeignCode.Claims(Full)).Hcert?.Dcc.Entry);
        Assert.Equal(
            test with { TestName = null, Device = null, Centre = null },
            Judge(ForeignCode.Claims(Full.Replace("\"nm\":\"PCR\",\"ma\":\"1232\",", "", StringComparison.Ordinal)
                .Replace("\"tc\":\"Bạch Mai\",", "", StringComparison.Ordinal))).Hcert?.Dcc.Entry);
        Assert.Equal(
            "Schema: sc is not a time",
            Judge(ForeignCode.Claims(Full.Replace("2021-11-20T10", "noon", StringComparison.Ordinal))).Detail);
    }

    [Fact]
    public void A_recovery_is_read_with_all_of_its_fields() => Assert.Equal(
        new RecoveryEntry
        {
            Disease = "840539006", FirstPositive = new DateOnly(2021, 10, 1), ValidFrom = new DateOnly(2021, 10, 12),
            ValidUntil = new DateOnly(2022, 4, 1), Country = "VN", Issuer = "Bộ Y tế",
            CertificateIdentifier = "URN:UVCI:01:VN:R",
        },
        Judge(ForeignCode.Claims(
            """
            {"r":[{"tg":"840539006","fr":"2021-10-01","df":"2021-10-12","du":"2022-04-01","co":"VN","is":"Bộ Y tế",
            "ci":"URN:UVCI:01:VN:R"}],"dob":"1984","nam":{"fnt":"NGUYEN"},"ver":"1.3.0"}
            """)).Hcert?.Dcc.Entry);

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
        "Cwt: iat or exp is not a time",
        Judge(ForeignCode.Claims(With("x", "0"), cbor =>
        {
            cbor.WriteInt32(6);
            cbor.WriteInt32(0);
            cbor.WriteInt32(4);
            cbor.WriteDouble(exp);
        })).Detail);

    [Theory]
    [InlineData(0, true)]
    [InlineData(-1, false)]
    [InlineData(253402300799, true)]
    [InlineData(253402300800, false)]
    public void Times_go_from_1970_to_the_end_of_9999_as_integers_and_as_floats(long seconds, bool isTime)
    {
        foreach (var item in new CborItem[] { new CborItem.Whole(seconds), new CborItem.Real(seconds) })
        {
            Assert.Equal(isTime, HcertLayers.TryReadTime(item, out var time));
            Assert.Equal(isTime ? DateTimeOffset.FromUnixTimeSeconds(seconds) : default, time);
        }
        Assert.False(HcertLayers.TryReadTime(new CborItem.Text("0"), out _));
    }

    [Fact]
    public void Without_exp_or_iat_a_code_can_be_read_but_is_malformed_to_a_verifier()
    {
        var payload = ForeignCode.Claims(With("x", "0"), _ => { });
        var code = ForeignCode.Hc1(sample, payload);
        Assert.True(HcertReader.TryRead(code, out var hcert, out _));
        Assert.Null(hcert.ExpiresAt);
        Assert.Equal(Verdict.Malformed, sample.Verify(code).Verdict);
    }

    Judgement Judge(byte[] payload) => sample.Verify(ForeignCode.Hc1(sample, payload));

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
