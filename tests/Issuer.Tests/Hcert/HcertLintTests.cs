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
