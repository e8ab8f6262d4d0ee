using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Issuer.Core.Pki;

namespace Issuer.Tests.Pki;

public class ProfileTests
{
    [Theory]
    [InlineData(KeyKind.P256)]
    [InlineData(KeyKind.Rsa3072)]
    public void A_CSCA_has_the_fields_of_the_governance_guide(KeyKind kind)
    {
        using var ceremony = new Ceremony(kind);
        using var csca = X509CertificateLoader.LoadCertificate(ceremony.Csca.Der.Span);
        Assert.Equal("CN=CSCA Vietnam 1, O=Bộ Y tế, C=VN", csca.Subject);
        Assert.Equal(csca.Subject, csca.Issuer);
        var constraints = Only<X509BasicConstraintsExtension>(csca);
        Assert.True(constraints is { Critical: true, CertificateAuthority: true, PathLengthConstraint: 0 });
        var usage = Only<X509KeyUsageExtension>(csca);
        Assert.True(usage.Critical);
        Assert.Equal(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, usage.KeyUsages);
        Assert.Equal(20, Only<X509SubjectKeyIdentifierExtension>(csca).SubjectKeyIdentifierBytes.Length);
        Assert.Equal(16, csca.SerialNumberBytes.Length);
        Assert.Equal(Ceremony.Now, ceremony.Csca.NotBefore);
        Assert.Equal(Ceremony.Now.AddYears(4), ceremony.Csca.NotAfter);
        Assert.Equal("VN", ceremony.Csca.Country);
    }

    [Theory]
    [InlineData(KeyKind.P256, KeyKind.P256)]
    [InlineData(KeyKind.P256, KeyKind.Rsa2048)]
    [InlineData(KeyKind.Rsa3072, KeyKind.Rsa3072)]
    public void A_DSC_has_the_fields_of_the_governance_guide(KeyKind cscaKind, KeyKind dscKind)
    {
        using var ceremony = new Ceremony(cscaKind);
        using var key = SigningKey.Create(dscKind);
        using var csca = X509CertificateLoader.LoadCertificate(ceremony.Csca.Der.Span);
        using var dsc = X509CertificateLoader.LoadCertificate(ceremony.Dsc(key));
        Assert.Equal("CN=DSC 1, O=Bộ Y tế, C=VN", dsc.Subject);
        Assert.Equal(csca.Subject, dsc.Issuer);
        Assert.True(Only<X509BasicConstraintsExtension>(dsc) is { CertificateAuthority: false });
        var usage = Only<X509KeyUsageExtension>(dsc);
        Assert.True(usage.Critical);
        Assert.Equal(X509KeyUsageFlags.DigitalSignature, usage.KeyUsages);
        var extended = Only<X509EnhancedKeyUsageExtension>(dsc);
        Assert.False(extended.Critical);
        Assert.Equal("1.3.6.1.4.1.1847.2021.1.2", Assert.Single(extended.EnhancedKeyUsages.Cast<Oid>()).Value);
        Assert.Equal(
            Only<X509SubjectKeyIdentifierExtension>(csca).SubjectKeyIdentifierBytes.ToArray(),
            Only<X509AuthorityKeyIdentifierExtension>(dsc).KeyIdentifier!.Value.ToArray());
        Assert.Equal(20, Only<X509SubjectKeyIdentifierExtension>(dsc).SubjectKeyIdentifierBytes.Length);
        Assert.True(key.BelongsTo(dsc));
        Assert.True(ceremony.Csca.Issued(new OwnDsc(dsc.RawData, "dsc")));
    }

    [Fact]
    public void OpenSSL_verifies_a_DSC_under_its_CSCA()
    {
        using var ceremony = new Ceremony();
        using var key = SigningKey.Create(KeyKind.P256);
        using var folder = new Folder();
        var csca = folder.File("csca.pem", Encoding.ASCII.GetBytes(
            PemEncoding.WriteString("CERTIFICATE", ceremony.Csca.Der.Span)));
        var dsc = folder.File("dsc.der", ceremony.Dsc(key));
        var at = Ceremony.Now.AddDays(1).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var subject = OpenSsl.Run("x509", "-in", dsc, "-noout", "-subject");
        Assert.Contains("C = VN, O = B", subject, StringComparison.Ordinal);
        OpenSsl.Run("verify", "-x509_strict", "-attime", at, "-CAfile", csca, dsc);
    }

    [Fact]
    public void Another_CSCA_of_the_same_name_did_not_issue_a_DSC()
    {
        using var ceremony = new Ceremony();
        using var impostor = new Ceremony();
        Assert.False(impostor.Csca.Issued(ceremony.OwnDsc()));
    }

    [Fact]
    public void A_CSCA_needs_a_longer_RSA_key_than_a_DSC()
    {
        using var key = SigningKey.Create(KeyKind.Rsa2048);
        Assert.Throws<ArgumentException>(
            () => CreateCsca.SelfSigned(Ceremony.Named("CSCA"), key, Ceremony.Now));
    }

    [Fact]
    public void A_DSC_is_no_CSCA()
    {
        using var ceremony = new Ceremony();
        var dsc = ceremony.OwnDsc();
        Assert.Throws<ArgumentException>(() => new Csca(dsc.Der.Span));
    }

    [Theory]
    [InlineData("vn", "O", "CN")]
    [InlineData("VNM", "O", "CN")]
    [InlineData("VN", " ", "CN")]
    [InlineData("VN", "O", "")]
    public void A_name_has_a_country_an_organisation_and_a_common_name(string country, string o, string cn) =>
        Assert.Throws<ArgumentException>(() => new X509Name(country, o, cn));

    static T Only<T>(X509Certificate2 certificate) where T : X509Extension =>
        Assert.Single(certificate.Extensions.OfType<T>());
}
