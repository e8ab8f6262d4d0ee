using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Issuer.Core.Pki;

/// <summary>
/// The fields of our CSCAs and DSCs (certificate-governance.md 3–4, hcert_spec.md 5 and A.4). No CRL distribution
/// point: presence on the trust list is what makes a DSC valid, and verifiers are offline.
/// </summary>
static class X509Profile
{
    /// <summary>The extended key usage "signs vaccination certificates".</summary>
    public const string Vaccination = "1.3.6.1.4.1.1847.2021.1.2";

    /// <summary>The same as many deployed DSCs and an app have it, mistyped: read, never written.</summary>
    public const string VaccinationMistyped = "1.3.6.1.4.1.0.1847.2021.1.2";

    const int SerialLength = 16;

    public static CertificateRequest CscaRequest(X509Name name, SigningKey key)
    {
        var request = new CertificateRequest(name.Encode(), key.PublicKey, HashAlgorithmName.SHA256);
        // Path length 0: below a CSCA there are DSCs and nothing else.
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(
            X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(KeyIdentifier(key.PublicKey));
        return request;
    }

    public static CertificateRequest DscRequest(X500DistinguishedName name, PublicKey key, Csca csca)
    {
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(X509BasicConstraintsExtension.CreateForEndEntity(critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(
            X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(Vaccination)], critical: false));
        request.CertificateExtensions.Add(KeyIdentifier(key));
        request.CertificateExtensions.Add(
            X509AuthorityKeyIdentifierExtension.CreateFromCertificate(csca.Certificate, true, false));
        return request;
    }

    public static CertificateRequest AnchorRequest(X509Name name, SigningKey key)
    {
        var request = new CertificateRequest(name.Encode(), key.PublicKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(X509BasicConstraintsExtension.CreateForEndEntity(critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(
            X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(KeyIdentifier(key.PublicKey));
        return request;
    }

    /// <summary>A positive serial number with 126 random bits: unique without a register.</summary>
    public static byte[] NewSerial()
    {
        var serial = RandomNumberGenerator.GetBytes(SerialLength);
        serial[0] = (byte)(serial[0] & 0x3F | 0x40);
        return serial;
    }

    static X509SubjectKeyIdentifierExtension KeyIdentifier(PublicKey key) =>
        new(key, X509SubjectKeyIdentifierHashAlgorithm.ShortSha256, critical: false);
}
