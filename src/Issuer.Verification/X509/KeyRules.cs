using System.Security.Cryptography.X509Certificates;
using Issuer.Hcert;

namespace Issuer.Verification.X509;

/// <summary>Which public keys the EU's rules let sign: P-256, or RSA of 2048 to 3072 bits for a DSC.</summary>
public static class KeyRules
{
    const string NistP256 = "1.2.840.10045.3.1.7";
    const int LeastDscModulus = 2048;
    const int GreatestDscModulus = 3072;
    const int LeastCscaModulus = 3000;

    /// <summary>The algorithm a DSC with this key signs with; null when such a key may not be a DSC's.</summary>
    public static CoseAlgorithm? AlgorithmOf(PublicKey key)
    {
        if (IsP256(key))
        {
            return CoseAlgorithm.ES256;
        }
        return ModulusOf(key) is >= LeastDscModulus and <= GreatestDscModulus ? CoseAlgorithm.PS256 : null;
    }

    public static bool FitsCsca(PublicKey key) => IsP256(key) || ModulusOf(key) >= LeastCscaModulus;

    static bool IsP256(PublicKey key)
    {
        try
        {
            using var ecdsa = key.GetECDsaPublicKey();
            return ecdsa?.ExportParameters(false).Curve is { IsNamed: true } curve && curve.Oid.Value == NistP256;
        }
        catch (Exception e) when (ForeignBytes.MayThrow(e))
        {
            return false;
        }
    }

    static int ModulusOf(PublicKey key)
    {
        try
        {
            using var rsa = key.GetRSAPublicKey();
            return rsa?.KeySize ?? 0;
        }
        catch (Exception e) when (ForeignBytes.MayThrow(e))
        {
            return 0;
        }
    }
}
