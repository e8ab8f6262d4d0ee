using System.Formats.Asn1;
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
            var cms = new SignedCms(new ContentInfo(content.ToArray()), detached: true);
            cms.Decode(signature);
            // An attached content would be what is verified, not ours.
            if (!cms.Detached || cms.SignerInfos.Count != 1 || cms.SignerInfos[0] is not { Certificate: { } signer } info
                || !signer.RawDataMemory.Span.SequenceEqual(certificate.RawDataMemory.Span)
                || info.DigestAlgorithm.Value != Sha256Oid)
            {
                return false;
            }
            info.CheckSignature(verifySignatureOnly: true);
            return true;
        }
        catch (Exception e) when (e is CryptographicException or AsnContentException or ArgumentException)
        {
            return false;
        }
    }
}
