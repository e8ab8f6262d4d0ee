using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Issuer.Core;
using Issuer.Core.Pki;
using Issuer.Hcert;
using Issuer.Storage.Pki;

namespace Issuer.Tests.Pki;

public sealed class ImportDscTests : IDisposable
{
    const string ClientAuth = "1.3.6.1.5.5.7.3.2";

    readonly RSA caKey = RSA.Create(2048);
    readonly SigningKey key = SigningKey.Create(KeyKind.Rsa2048);
    readonly X509Certificate2 ca;

    public ImportDscTests()
    {
        var request = new CertificateRequest(
            "C=VN, O=Ban Cơ yếu Chính phủ, CN=CA G2", caKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        ca = request.CreateSelfSigned(Ceremony.Now.AddYears(-1), Ceremony.Now.AddYears(9));
    }

    public void Dispose()
    {
        ca.Dispose();
        caKey.Dispose();
        key.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_outside_DSC_is_taken_as_it_is(bool withItsCa)
    {
        var dsc = Made();
        var outcome = Import(dsc, issuer: withItsCa ? ca.RawData : null);
        Assert.Null(outcome.Rejection);
        Assert.Equal(dsc, outcome.Value);
        Assert.Equal(CoseAlgorithm.PS256, new OwnDsc(outcome.Value!, "dsc").Algorithm);
    }

    [Fact]
    public void PEM_is_taken_and_kept_as_DER()
    {
        var dsc = Made();
        var outcome = Import(System.Text.Encoding.ASCII.GetBytes(PemEncoding.WriteString("CERTIFICATE", dsc)));
        Assert.Equal(dsc, outcome.Value);
    }

    [Fact]
    public void The_real_Vietnamese_DSC_lacks_nothing_but_our_key()
    {
        var file = Path.Combine(DevelopmentKeys.Folder(), "../tests/Issuer.Tests/Pki/vn-dsc-ZtJVElOdWm0.der");
        var outcome = ImportDsc.From(
            File.ReadAllBytes(file), key, "VN", new DateTimeOffset(2022, 4, 14, 0, 0, 0, TimeSpan.Zero), []);
        Assert.Equal("Made for a key that is not the one in the request.", outcome.Rejection?.Detail);
    }

    [Fact]
    public void Every_fault_is_named_at_once()
    {
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        var request = new CertificateRequest("C=DE, O=Nobody", stranger, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(
            [new Oid("1.3.6.1.4.1.1847.2021.1.1")], critical: false));
        using var dsc = request.CreateSelfSigned(Ceremony.Now.AddYears(-3), Ceremony.Now.AddYears(-1));
        var outcome = Import(dsc.RawData, taken: [Kid.OfDsc(dsc.RawData)], issuer: ca.RawData);
        Assert.Equal(RejectionKind.Invalid, outcome.Rejection?.Kind);
        Assert.Equal(
            string.Join(
                " ", "Made for a key that is not the one in the request.",
                "A DSC's key is P-256 or RSA of 2048 to 3072 bits.",
                $"A DSC with the kid {Kid.OfDsc(dsc.RawData)} exists already.",
                "The subject's country must be VN, once.", "The subject has no common name, or several.",
                "The signature is not the given CA's.", "A CA certificate cannot be a DSC.",
                "The key usage digitalSignature is missing.", "Its extended key usage leaves out vaccination.",
                FormattableString.Invariant($"It ended at {dsc.NotAfter.ToUniversalTime():u}."),
                "It does not lie within the given CA's validity."),
            outcome.Rejection?.Detail);
    }

    [Fact]
    public void A_SHA1_signature_is_too_weak()
    {
        // sha256WithRSAEncryption and sha1WithRSAEncryption differ in their last byte, in two places.
        var sha256 = Convert.FromHexString("2A864886F70D01010B");
        var dsc = Made();
        for (var at = dsc.AsSpan().IndexOf(sha256); at >= 0; at = dsc.AsSpan().IndexOf(sha256))
        {
            dsc[at + sha256.Length - 1] = 5;
        }
        Assert.Matches("^Signed with .*; RSA or ECDSA with SHA-2 is needed.$", Import(dsc).Rejection?.Detail);
    }

    [Fact]
    public void A_DSC_of_another_CA_is_noticed_when_the_CA_is_given()
    {
        using var other = new Ceremony();
        Assert.Contains(
            "The signature is not the given CA's.",
            Import(Made(), issuer: other.Csca.Der.ToArray()).Rejection?.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.3.6.1.4.1.1847.2021.1.2", true)]
    [InlineData("1.3.6.1.4.1.0.1847.2021.1.2", true)]
    [InlineData("1.3.6.1.4.1.0.1847.2021.1.3", false)]
    public void A_health_usage_must_be_vaccination(string oid, bool taken) =>
        Assert.Equal(taken, Import(Made(usage: oid)).Rejection is null);

    [Fact]
    public void A_DSC_that_begins_later_waits() =>
        Assert.Null(Import(Made(from: Ceremony.Now.AddDays(30))).Rejection);

    [Fact]
    public void A_DSC_with_any_byte_changed_is_refused_and_never_a_crash()
    {
        var dsc = Made();
        for (var at = 0; at < dsc.Length; at++)
        {
            dsc[at] ^= 1;
            Assert.True(Import(dsc, issuer: ca.RawData).Rejection is not null, $"byte {at} of {dsc.Length}");
            dsc[at] ^= 1;
        }
    }

    [Fact]
    public void Garbage_is_refused() =>
        Assert.Equal(RejectionKind.Malformed, Import([1, 2, 3]).Rejection?.Kind);

    Result<byte[]> Import(byte[] file, IReadOnlyCollection<Kid>? taken = null, byte[]? issuer = null) =>
        ImportDsc.From(file, key, "VN", Ceremony.Now, taken ?? [], issuer);

    byte[] Made(string usage = ClientAuth, DateTimeOffset? from = null)
    {
        var pkcs10 = RequestDsc.For(Ceremony.Named("CHỨNG NHẬN TIÊM CHỦNG"), key);
        var request = CertificateRequest.LoadSigningRequest(
            pkcs10, HashAlgorithmName.SHA256, CertificateRequestLoadOptions.Default, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], critical: false));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(
            X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation, critical: true));
        using var dsc = request.Create(
            ca.SubjectName, X509SignatureGenerator.CreateForRSA(caKey, RSASignaturePadding.Pkcs1),
            from ?? Ceremony.Now, Ceremony.Now.AddYears(5), [1, 2, 3]);
        return dsc.RawData;
    }
}
