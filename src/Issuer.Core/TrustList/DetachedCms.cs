using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using Issuer.Core.Pki;

namespace Issuer.Core.TrustLists;

/// <summary>
/// Signatures in the way of the EU gateway (dgc-lib, <c>signing</c>): CMS SignedData (RFC 5652) over id-data, detached,
/// one signer with SHA-256 and signed attributes, one certificate.
/// </summary>
static class DetachedCms
{
    const string Sha256Oid = "2.16.840.1.101.3.4.2.1";

    /// <summary>The signer's certificate and a signature.</summary>
    const int Longest = 64 * 1024;

    public static byte[] Sign(
        ReadOnlySpan<byte> content, X509Certificate2 certificate, SigningKey key, DateTimeOffset now)
    {
        var cms = new SignedCms(new ContentInfo(content.ToArray()), detached: true);
        var signer = new CmsSigner(SubjectIdentifierType.IssuerAndSerialNumber, certificate, key.Handle)
        {
            DigestAlgorithm = new Oid(Sha256Oid),
            IncludeOption = X509IncludeOption.EndCertOnly,
        };
        signer.SignedAttributes.Add(new Pkcs9SigningTime(now.UtcDateTime));
        cms.ComputeSignature(signer);
        return cms.Encode();
    }

    /// <summary>
    /// Whether exactly this certificate signed exactly this content. Its validity and its issuer are not looked at: the
    /// caller got the certificate out of band. False for anything that cannot be read.
    /// </summary>
    public static bool Verifies(byte[] signature, ReadOnlySpan<byte> content, X509Certificate2 certificate)
    {
        try
        {
            return signature.Length <= Longest && new ForeignCms(signature) is { IsPlain: true, Content: null } cms
                && cms.IsSignedBy(certificate.RawDataMemory, content);
        }
        catch (Exception e) when (ForeignBytes.MayThrow(e))
        {
            return false;
        }
    }
}
