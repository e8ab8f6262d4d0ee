using System.Formats.Asn1;
using System.Security.Cryptography;
using Org.BouncyCastle.Crypto;

namespace Issuer.Verification.X509;

/// <summary>Readers of X.509, PKCS#10 and CMS throw many things on bytes that mean harm.</summary>
public static class ForeignBytes
{
    /// <summary>
    /// Whether an exception says that the bytes are bad: broken ASN.1, an unknown curve (which is "not supported"), a
    /// field out of range. Extensions are read when they are asked for: so may every look at a certificate.
    /// </summary>
    public static bool MayThrow(Exception e) => e
        is CryptographicException or AsnContentException or ArgumentException or NotSupportedException
        // BouncyCastle's: points that lie on no curve, numbers too large for their key.
        or CryptoException or FormatException or ArithmeticException;
}
