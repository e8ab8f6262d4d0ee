using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Issuer.Verification.X509;

namespace Issuer.Core.Pki;

/// <summary>Asks a CSCA, ours or an outside CA, for a DSC.</summary>
public static class RequestDsc
{
    /// <summary>A PKCS#10 request (DER) for a key that stays here, signed with it to prove that we hold it.</summary>
    /// <exception cref="ArgumentException">RSA above 3072 bits, which no DSC may have.</exception>
    public static byte[] For(X509Name name, SigningKey key)
    {
        if (KeyRules.AlgorithmOf(key.PublicKey) is null)
        {
            throw new ArgumentException("A DSC's key is P-256 or RSA of 2048 to 3072 bits.", nameof(key));
        }
        return new CertificateRequest(name.Encode(), key.PublicKey, HashAlgorithmName.SHA256)
            .CreateSigningRequest(key.X509Generator);
    }
}
