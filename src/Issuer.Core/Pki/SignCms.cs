using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;

namespace Issuer.Core.Pki;

/// <summary>
/// Signatures in the way of the EU gateway (dgc-lib, <c>signing</c>): CMS SignedData (RFC 5652) over id-data, one
/// signer with SHA-256 and signed attributes, one certificate.
/// </summary>
static class SignCms
{
    const string Sha256Oid = "2.16.840.1.101.3.4.2.1";

    /// <param name="isDetached">Whether the content travels beside it; otherwise it is inside.</param>
    public static byte[] Over(
        ReadOnlySpan<byte> content, X509Certificate2 certificate, SigningKey key, DateTimeOffset now, bool isDetached)
    {
        var cms = new SignedCms(new ContentInfo(content.ToArray()), isDetached);
        var signer = new CmsSigner(SubjectIdentifierType.IssuerAndSerialNumber, certificate, key.Handle)
        {
            DigestAlgorithm = new Oid(Sha256Oid),
            IncludeOption = X509IncludeOption.EndCertOnly,
        };
        signer.SignedAttributes.Add(new Pkcs9SigningTime(now.UtcDateTime));
        cms.ComputeSignature(signer);
        return cms.Encode();
    }
}
