using System.Security.Cryptography;
using Issuer.Hcert;

namespace Issuer.Tests.Hcert;

public sealed class HcertLintTests : IDisposable
{
    readonly HcertSample sample = new();

    public void Dispose() => sample.Dispose();

    [Fact]
    public void What_is_in_order_has_no_fault() => Assert.Empty(Lint(HcertSample.Cwt));

    [Fact]
    public void Bytes_that_say_something_else_than_intended_are_caught()
    {
        var intended = HcertSample.Cwt;
        Assert.Contains("iss: not what was intended", Lint(intended with { Issuer = "FR" }, intended));
        var later = intended with { IssuedAt = HcertSample.IssuedAt.AddSeconds(1) };
        var longer = intended with { ExpiresAt = HcertSample.ExpiresAt.AddDays(1) };
        var older = intended with { Dcc = HcertSample.Dcc with { DateOfBirth = "1983" } };
        Assert.Contains(Lint(later, intended), Begins("iat:"));
        Assert.Contains(Lint(longer, intended), Begins("exp:"));
        Assert.Contains("dcc: not what was intended", Lint(older, intended));
    }

    [Fact]
    public void Times_with_a_fraction_of_a_second_are_caught()
    {
        var fraction = HcertSample.Cwt with { ExpiresAt = HcertSample.ExpiresAt.AddMilliseconds(1) };
        Assert.Contains(Lint(fraction), Begins("exp:"));
    }

    [Fact]
    public void Times_are_kept_inside_each_other_and_the_DSC()
    {
        Assert.Contains("exp: not after iat", Lint(HcertSample.Cwt with { ExpiresAt = HcertSample.IssuedAt }));
        Assert.Contains(
            "exp: after the DSC's validity",
            Lint(HcertSample.Cwt with { ExpiresAt = sample.Dsc.NotAfter.AddSeconds(1) }));
        Assert.DoesNotContain(
            "exp: after the DSC's validity", Lint(HcertSample.Cwt with { ExpiresAt = sample.Dsc.NotAfter }));
        Assert.Contains(
            "iat: before the DSC's validity",
            Lint(HcertSample.Cwt with { IssuedAt = sample.Dsc.NotBefore.AddSeconds(-1) }));
    }

    [Fact]
    public void A_DSC_that_does_not_fit_is_caught()
    {
        using var other = new HcertSample(CoseAlgorithm.PS256, "1.3.6.1.4.1.1847.2021.1.1");
        using var weak = RSA.Create(1024);
        var toBeSigned = ToBeSigned(HcertSample.Cwt);
        var faults = HcertLint.Faults(toBeSigned, HcertSample.Cwt, other.Dsc);
        Assert.Contains("kid: not the DSC's", faults);
        Assert.Contains("alg: not that of the DSC's key", faults);
        Assert.Contains("DSC: may not sign this kind of entry", faults);
        Assert.Contains(
            HcertLint.Faults(toBeSigned, HcertSample.Cwt, HcertSample.DscFor(weak)), Begins("DSC: its RSA key"));
        Assert.Contains("DSC: of another country than iss", Lint(HcertSample.Cwt with { Issuer = "FR" }));
    }

    [Theory]
    [InlineData("Nguye\u0302\u0303n")]
    [InlineData(" Nguyễn")]
    [InlineData("Nguyễn\t")]
    [InlineData("Ngu\tyễn")]
    [InlineData("")]
    public void Unclean_text_is_caught(string name) => Assert.Contains(
        Lint(WithName(new PersonName(name, null, "NGUYEN", null))), Begins("nam.fn:"));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void A_person_without_any_standardised_name_is_caught(string? name) =>
        Assert.Contains("nam: no standardised name at all", Lint(WithName(new PersonName("李", null, name, null))));

    [Fact]
    public void Codes_that_do_not_go_together_are_caught() => Assert.Contains(
        Lint(With(HcertSample.Vaccination with { Holder = "ORG-100001699" })), Begins("ma:"));

    [Fact]
    public void Impossible_dates_are_caught()
    {
        var day = new DateOnly(2022, 4, 15);
        Assert.Empty(Lint(With(HcertSample.Vaccination with { Date = day })));
        var tomorrow = HcertSample.Vaccination with { Date = day.AddDays(1) };
        Assert.Contains("v.dt: after the day of issue", Lint(With(tomorrow)));
        var dcc = HcertSample.Dcc with { DateOfBirth = "2021-11-21" };
        Assert.Contains("dob: after the vaccination", Lint(HcertSample.Cwt with { Dcc = dcc }));
        Assert.Empty(Lint(HcertSample.Cwt with { Dcc = dcc with { DateOfBirth = "2021" } }));
    }

    [Theory]
    [InlineData("URN:UVCI:01:VN:X")]
    [InlineData("")]
    public void An_identifier_that_is_not_ours_is_caught(string identifier) => Assert.Contains(
        Lint(With(HcertSample.Vaccination with { CertificateIdentifier = identifier })), Begins("ci:"));

    [Fact]
    public void Schema_faults_are_among_them() => Assert.Contains(
        Lint(WithName(new PersonName("Nguyễn", null, "Nguyễn", null))), Begins("nam.fnt:"));

    [Fact]
    public void More_than_was_intended_is_caught_where_a_reader_would_overlook_it()
    {
        var payload = Convert.ToHexString(CwtWriter.Write(HcertSample.Cwt));
        var withNull = payload.Replace("A46176", "A56174F66176", StringComparison.Ordinal);
        var toBeSigned = CoseSign1.ToBeSigned(
            CoseAlgorithm.ES256, sample.Dsc.Kid, Convert.FromHexString(withNull));
        Assert.NotEqual(payload, withNull);
        Assert.Contains(HcertLint.Faults(toBeSigned, HcertSample.Cwt, sample.Dsc), Begins("payload:"));
    }

    [Theory]
    [InlineData("1.3.1", false)]
    [InlineData(Dcc.CurrentVersion, true)]
    public void Only_the_version_written_here_is_signed(string version, bool isWritten) => Assert.Equal(
        isWritten ? [] : ["ver: not the version written here"],
        Lint(HcertSample.Cwt with { Dcc = HcertSample.Dcc with { Version = version } }));

    [Theory]
    [InlineData("V")]
    [InlineData("Vn")]
    [InlineData("vN")]
    [InlineData("VNM")]
    public void An_issuer_that_is_no_alpha_2_is_caught(string issuer) =>
        Assert.Contains("iss: not an alpha-2 country", Lint(HcertSample.Cwt with { Issuer = issuer }));

    [Fact]
    public void Another_disease_or_an_unclean_text_anywhere_is_caught_and_named()
    {
        Assert.Equal(
            ["v.tg: not in the value set"], Lint(With(HcertSample.Vaccination with { Disease = "1" })));
        Assert.Contains(Lint(With(HcertSample.Vaccination with { Issuer = " Bộ Y tế" })), Begins("is: empty"));
        Assert.Contains(Lint(WithName(new PersonName("An", "Thị\t", "AN", "THI"))), Begins("nam.gn: empty"));
        Assert.Contains(
            Lint(WithName(new PersonName(new string('a', 81), null, "AN", null))), Begins("nam.fn: empty"));
        Assert.Empty(Lint(WithName(new PersonName(new string('a', 80), null, "AN", null))));
    }

    [Fact]
    public void Two_empty_standardised_names_are_none() =>
        Assert.Contains("nam: no standardised name at all", Lint(WithName(new PersonName("李", null, null, ""))));

    [Theory]
    [InlineData("AN", null)]
    [InlineData("AN", "")]
    public void One_standardised_name_is_enough(string family, string? given) =>
        Assert.DoesNotContain(
            "nam: no standardised name at all", Lint(WithName(new PersonName("An", null, family, given))));

    [Fact]
    public void A_header_with_more_or_less_than_algorithm_and_kid_is_caught()
    {
        var payload = CwtWriter.Write(HcertSample.Cwt);
        byte[] Header(params (int Key, int Value)[] more) => ForeignCode.Cbor(cbor =>
        {
            cbor.WriteStartMap(2 + more.Length);
            ForeignCode.WriteHeaders(cbor, (long)CoseAlgorithm.ES256, sample.Dsc.Kid);
            foreach (var (key, value) in more)
            {
                cbor.WriteInt32(key);
                cbor.WriteInt32(value);
            }
            cbor.WriteEndMap();
        });

        Assert.Empty(
            HcertLint.Faults(CoseSign1.SignatureStructure(Header(), payload), HcertSample.Cwt, sample.Dsc));
        Assert.Equal(
            ["header: more or less than alg and kid"],
            HcertLint.Faults(CoseSign1.SignatureStructure(Header((9, 9)), payload), HcertSample.Cwt, sample.Dsc));
    }

    [Fact]
    public void Something_beside_the_signature_is_caught()
    {
        var cose = ForeignCode.Cose(
            sample, ForeignCode.Header(kid: sample.Dsc.Kid), CwtWriter.Write(HcertSample.Cwt),
            cbor =>
            {
                cbor.WriteInt32(9);
                cbor.WriteInt32(9);
            });
        Assert.True(HcertReader.TryReadCose(cose, out var hcert, out _));
        Assert.Equal(
            ["header: more or less than alg and kid"], HcertLint.Faults(hcert, HcertSample.Cwt, sample.Dsc));
    }

    [Fact]
    public void It_may_begin_with_the_DSC_and_be_given_on_the_day_of_birth()
    {
        Assert.DoesNotContain(
            "iat: before the DSC's validity", Lint(HcertSample.Cwt with { IssuedAt = sample.Dsc.NotBefore }));
        Assert.Empty(Lint(HcertSample.Cwt with { Dcc = HcertSample.Dcc with { DateOfBirth = "2021-11-20" } }));
    }

    [Fact]
    public void What_cannot_be_read_is_named_by_its_layer_and_only_vaccinations_are_issued()
    {
        var other = CoseSign1.ToBeSigned(CoseAlgorithm.ES256, sample.Dsc.Kid, [0x80]);
        Assert.Equal(
            ["Cwt: the payload is not a claims set"], HcertLint.Faults(other, HcertSample.Cwt, sample.Dsc));
        var recovery = CoseSign1.ToBeSigned(CoseAlgorithm.ES256, sample.Dsc.Kid, ForeignCode.Claims(
            """
            {"r":[{"tg":"840539006","fr":"2021-10-01","df":"2021-10-12","du":"2022-04-01","co":"VN","is":"Bộ Y tế",
            "ci":"URN:UVCI:01:VN:R"}],"dob":"1984","nam":{"fnt":"NGUYEN"},"ver":"1.3.0"}
            """));
        Assert.Contains(
            "v: only vaccinations are issued", HcertLint.Faults(recovery, HcertSample.Cwt, sample.Dsc));
    }

    [Fact]
    public void Bytes_that_are_nothing_are_caught() =>
        Assert.NotEmpty(HcertLint.Faults([1, 2, 3], HcertSample.Cwt, sample.Dsc));

    static Predicate<string> Begins(string path) => fault => fault.StartsWith(path, StringComparison.Ordinal);

    static Cwt WithName(PersonName name) => HcertSample.Cwt with { Dcc = HcertSample.Dcc with { Name = name } };

    static Cwt With(VaccinationEntry entry) => HcertSample.Cwt with { Dcc = HcertSample.Dcc with { Entry = entry } };

    byte[] ToBeSigned(Cwt written) =>
        CoseSign1.ToBeSigned(sample.Dsc.Algorithm, sample.Dsc.Kid, CwtWriter.Write(written));

    IReadOnlyList<string> Lint(Cwt written, Cwt? intended = null) =>
        HcertLint.Faults(ToBeSigned(written), intended ?? written, sample.Dsc);
}
