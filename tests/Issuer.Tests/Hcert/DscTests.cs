using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Issuer.Hcert;

namespace Issuer.Tests.Hcert;

public sealed class DscTests
{
    const string EkuOid = "2.5.29.37";

    static readonly TestEntry Test = new()
    {
        Disease = DccEntry.Covid19,
        TestType = "LP6464-4",
        SampledAt = HcertSample.IssuedAt,
        Result = "260415000",
        Country = "VN",
        Issuer = "Bộ Y tế",
        CertificateIdentifier = "URN:UVCI:01:VN:X",
    };

    static readonly RecoveryEntry Recovery = new()
    {
        Disease = DccEntry.Covid19,
        FirstPositive = new DateOnly(2021, 1, 1),
        ValidFrom = new DateOnly(2021, 1, 12),
        ValidUntil = new DateOnly(2021, 7, 1),
        Country = "VN",
        Issuer = "Bộ Y tế",
        CertificateIdentifier = "URN:UVCI:01:VN:X",
    };

    [Theory]
    [InlineData("", "vtr")]
    [InlineData("1.3.6.1.4.1.1847.2021.1.1", "t")]
    [InlineData("1.3.6.1.4.1.1847.2021.1.2", "v")]
    [InlineData("1.3.6.1.4.1.1847.2021.1.3", "r")]
    [InlineData("1.3.6.1.4.1.0.1847.2021.1.1", "t")]
    [InlineData("1.3.6.1.4.1.0.1847.2021.1.2", "v")]
    [InlineData("1.3.6.1.4.1.0.1847.2021.1.3", "r")]
    [InlineData("1.3.6.1.4.1.1847.2021.1.2 1.3.6.1.4.1.0.1847.2021.1.3", "vr")]
    [InlineData("1.3.6.1.5.5.7.3.2", "vtr")]
    [InlineData("1.3.6.1.5.5.7.3.2 1.3.6.1.4.1.1847.2021.1.1", "t")]
    public void Key_usages_are_read_in_both_spellings(string oids, string allowed)
    {
        using var sample = new HcertSample(
            CoseAlgorithm.ES256, oids.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(allowed, Allowed(sample.Dsc));
    }

    [Fact]
    public void An_empty_key_usage_means_everything() =>
        Assert.Equal("vtr", Allowed(Parse(With(new X509Extension(EkuOid, [0x30, 0x00], critical: false)))));

    [Fact]
    public void An_empty_key_usage_means_everything_though_it_is_critical() =>
        Assert.Equal("vtr", Allowed(Parse(With(new X509Extension(EkuOid, [0x30, 0x00], critical: true)))));

    [Theory]
    [InlineData("CN=Nobody", null)]
    [InlineData("C=VN, CN=Two, C=LA", "VN")]
    [InlineData("CN=One + OU=Beside, C=VN", "VN")]
    public void The_country_is_the_first_of_the_subject_that_stands_alone(string subject, string? country)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var name = new X500DistinguishedName(subject, X500DistinguishedNameFlags.None);
        using var certificate = new CertificateRequest(name, key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(HcertSample.IssuedAt, HcertSample.ExpiresAt);

        Assert.Equal(country, Parse(certificate.RawData).Country);
    }

    [Fact]
    public void A_critical_key_usage_for_other_purposes_only_means_nothing() => Assert.Equal(
        "",
        Allowed(Parse(With(new X509EnhancedKeyUsageExtension([new Oid("2.23.136.1.1.14.2")], critical: true)))));

    [Fact]
    public void An_unreadable_key_usage_is_refused() =>
        Assert.False(Dsc.TryParse(With(new X509Extension(EkuOid, [0x30, 0x05, 1], critical: false)), out _, out _));

    [Fact]
    public void The_fields_are_those_of_the_certificate()
    {
        using var sample = new HcertSample();
        Assert.Equal("VN", sample.Dsc.Country);
        Assert.Equal(CoseAlgorithm.ES256, sample.Dsc.Algorithm);
        Assert.Equal(Kid.OfDsc(sample.Dsc.Der.Span), sample.Dsc.Kid);
        Assert.Equal(HcertSample.IssuedAt.AddMonths(-6), sample.Dsc.NotBefore);
        Assert.Equal(HcertSample.IssuedAt.AddMonths(18), sample.Dsc.NotAfter);
    }

    [Fact]
    public void Keys_of_other_curves_are_refused()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        var request = new CertificateRequest("CN=P-384,C=VN", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(HcertSample.IssuedAt, HcertSample.ExpiresAt);
        Assert.False(Dsc.TryParse(certificate.RawData, out _, out var why));
        Assert.NotEmpty(why);
    }

    [Fact]
    public void Keys_of_other_kinds_are_refused()
    {
        // A certificate for a key of Ed25519, which is neither of the two.
        var key = new Org.BouncyCastle.Crypto.Parameters.Ed25519PrivateKeyParameters(new byte[32], 0);
        var name = new Org.BouncyCastle.Asn1.X509.X509Name("CN=Ed25519,C=VN");
        var generator = new Org.BouncyCastle.X509.X509V3CertificateGenerator();
        generator.SetSerialNumber(Org.BouncyCastle.Math.BigInteger.One);
        generator.SetIssuerDN(name);
        generator.SetSubjectDN(name);
        generator.SetNotBefore(HcertSample.IssuedAt.UtcDateTime);
        generator.SetNotAfter(HcertSample.ExpiresAt.UtcDateTime);
        generator.SetPublicKey(key.GeneratePublicKey());
        var certificate = generator.Generate(new Org.BouncyCastle.Crypto.Operators.Asn1SignatureFactory("Ed25519", key));

        Assert.False(Dsc.TryParse(certificate.GetEncoded(), out _, out var why));
        Assert.Equal("the key is neither P-256 nor RSA", why);
    }

    [Fact]
    public void A_weak_RSA_key_is_read_and_marked()
    {
        using var weak = RSA.Create(1024);
        using var strong = RSA.Create(2048);
        Assert.True(HcertSample.DscFor(weak).HasWeakKey);
        Assert.False(HcertSample.DscFor(strong).HasWeakKey);
    }

    [Theory]
    [InlineData("")]
    [InlineData("3000")]
    [InlineData("30820100")]
    public void What_is_no_certificate_is_refused(string hex) =>
        Assert.False(Dsc.TryParse(Convert.FromHexString(hex), out _, out _));

    [ConformanceFact]
    public void Vietnams_own_DSC_is_read()
    {
        var der = File.ReadAllBytes(Conformance.PathOf("vietnam", "vn-dsc-ZtJVElOdWm0.der"));
        var dsc = Parse(der);
        Assert.Equal("ZtJVElOdWm0=", dsc.Kid.ToString());
        Assert.Equal(("VN", CoseAlgorithm.PS256, false), (dsc.Country, dsc.Algorithm, dsc.HasWeakKey));
        Assert.Equal("vtr", Allowed(dsc));
    }

    static string Allowed(Dsc dsc) => string.Concat(
        dsc.Allows(HcertSample.Vaccination) ? "v" : "", dsc.Allows(Test) ? "t" : "", dsc.Allows(Recovery) ? "r" : "");

    static Dsc Parse(byte[] der)
    {
        Assert.True(Dsc.TryParse(der, out var dsc, out var why), why);
        return dsc;
    }

    static byte[] With(X509Extension extension)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Test DSC,C=VN", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(extension);
        using var certificate = request.CreateSelfSigned(HcertSample.IssuedAt, HcertSample.ExpiresAt);
        return certificate.RawData;
    }
}
