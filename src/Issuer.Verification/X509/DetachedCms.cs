using System.Security.Cryptography.X509Certificates;

namespace Issuer.Verification.X509;

/// <summary>
/// Signatures in the way of the EU gateway (dgc-lib, <c>signing</c>): CMS SignedData (RFC 5652) over id-data, detached,
/// one signer with SHA-256 and signed attributes, one certificate.
/// </summary>
public static class DetachedCms
{
    /// <summary>The signer's certificate and a signature.</summary>
    const int Longest = 64 * 1024;

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
