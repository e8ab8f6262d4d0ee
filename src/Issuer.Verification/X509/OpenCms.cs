using System.Buffers.Text;

namespace Issuer.Verification.X509;

/// <summary>
/// What somebody uploaded, out of its CMS (RFC 5652, SignedData with the content inside, dgc-lib <c>signing</c>). The
/// certificate that comes along is compared with those that are believed, and not believed itself.
/// </summary>
public static class OpenCms
{
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
            var cms = new ForeignCms(Convert.FromBase64String(System.Text.Encoding.ASCII.GetString(text)));
            return cms.Content is { } content && signers.Any(der => cms.IsSignedBy(der, content)) ? content : null;
        }
        catch (Exception e) when (ForeignBytes.MayThrow(e))
        {
            return null;
        }
    }
}
