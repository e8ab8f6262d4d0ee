using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Issuer.Verification.X509;

/// <summary>The public half of an anchor's key, in the names of JWS (RFC 7518 section 3.1).</summary>
static class AnchorKey
{
    const int P256Length = 64;

    public static string? AlgorithmOf(PublicKey key) => KeyRules.AlgorithmOf(key)?.ToString()
        ?? (KeyRules.FitsCsca(key) ? "PS256" : null);

    /// <summary>ES256 in r‖s, or PS256.</summary>
    public static bool Verifies(PublicKey key, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        using var ecdsa = key.GetECDsaPublicKey();
        if (ecdsa is not null)
        {
            return signature.Length == P256Length && ecdsa.KeySize == 256
                && ecdsa.VerifyData(data, signature, HashAlgorithmName.SHA256);
        }
        using var rsa = key.GetRSAPublicKey();
        return rsa is not null && rsa.VerifyData(data, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pss);
    }
}
