using System.Formats.Asn1;
using System.Security.Cryptography;

namespace Issuer.Core.Pki;

/// <summary>The platform's readers of X.509, PKCS#10 and CMS throw many things on bytes that mean harm.</summary>
static class ForeignBytes
{
    /// <summary>
    /// Whether an exception says that the bytes are bad: broken ASN.1, an unknown curve (which is "not supported"), a
    /// field out of range. Extensions are read when they are asked for: so may every look at a certificate.
    /// </summary>
    public static bool MayThrow(Exception e) => e
        is CryptographicException or AsnContentException or ArgumentException or NotSupportedException;
}
