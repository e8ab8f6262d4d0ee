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
    const string SignedDataOid = "1.2.840.113549.1.7.2";
    const string DataOid = "1.2.840.113549.1.7.1";
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
            if (!HasOurHeader(signature))
            {
                return false;
            }
            var cms = new SignedCms(new ContentInfo(content.ToArray()), detached: true);
            cms.Decode(signature);
            if (cms.SignerInfos is not [{ Version: 1, Certificate: { } signer, UnsignedAttributes.Count: 0 } info]
                || !signer.RawDataMemory.Span.SequenceEqual(certificate.RawDataMemory.Span)
                || info.DigestAlgorithm.Value != Sha256Oid)
            {
                return false;
            }
            info.CheckSignature(verifySignatureOnly: true);
            return true;
        }
        catch (Exception e) when (ForeignBytes.MayThrow(e))
        {
            return false;
        }
    }

    /// <summary>
    /// The platform skips over this part: version 1, SHA-256 the only digest, id-data, and no content inside, which
    /// could be taken for what is signed.
    /// </summary>
    static bool HasOurHeader(byte[] signature)
    {
        var file = new AsnReader(signature, AsnEncodingRules.BER);
        var message = file.ReadSequence();
        var isSignedData = message.ReadObjectIdentifier() == SignedDataOid;
        var signedData = message.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 0)).ReadSequence();
        var isVersion1 = signedData.TryReadInt32(out var version) && version == 1;
        var digests = signedData.ReadSetOf();
        var isSha256 = digests.ReadSequence().ReadObjectIdentifier() == Sha256Oid && !digests.HasData;
        var encapsulated = signedData.ReadSequence();
        var isDetached = encapsulated.ReadObjectIdentifier() == DataOid && !encapsulated.HasData;
        return isSignedData && isVersion1 && isSha256 && isDetached && !file.HasData;
    }
}
