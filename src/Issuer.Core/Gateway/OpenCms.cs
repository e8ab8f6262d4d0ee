using System.Buffers.Text;
using System.Security.Cryptography.Pkcs;
using Issuer.Core.Pki;

namespace Issuer.Core.Gateway;

/// <summary>
/// What somebody uploaded, out of its CMS (RFC 5652, SignedData with the content inside, dgc-lib <c>signing</c>). The
/// certificate that comes along is compared with those that are believed, and not believed itself.
/// </summary>
public static class OpenCms
{
    const string DataOid = "1.2.840.113549.1.7.1";
    const string Sha256Oid = "2.16.840.1.101.3.4.2.1";

    /// <summary>A batch of a thousand hashes is 36 KB, and a third more in base64.</summary>
    const int Longest = 256 * 1024;

    /// <summary>The content; null when it is no such CMS or none of these signed it. Never throws.</summary>
    /// <param name="text">Base64.</param>
    /// <param name="signers">DER of the believed upload certificates of one country.</param>
    public static byte[]? From(ReadOnlySpan<byte> text, IEnumerable<ReadOnlyMemory<byte>> signers)
    {
        if (text.Length > Longest || !Base64.IsValid(text))
        {
            return null;
        }
        try
        {
            var cms = new SignedCms();
            cms.Decode(Convert.FromBase64String(System.Text.Encoding.ASCII.GetString(text)));
            if (cms.Detached || cms.ContentInfo.ContentType.Value != DataOid
                || cms.SignerInfos is not [{ Certificate: { } signer } info]
                || info.DigestAlgorithm.Value != Sha256Oid
                || !signers.Any(der => der.Span.SequenceEqual(signer.RawDataMemory.Span)))
            {
                return null;
            }
            info.CheckSignature(verifySignatureOnly: true);
            return cms.ContentInfo.Content;
        }
        catch (Exception e) when (ForeignBytes.MayThrow(e) || e is FormatException)
        {
            return null;
        }
    }
}
