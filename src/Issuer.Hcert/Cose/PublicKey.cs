using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Issuer.Hcert;

/// <summary>
/// The public key of a DSC, ready to verify from any number of threads: the platform promises nothing about one key
/// object on two threads, so each verification takes one of its own and puts it back.
/// </summary>
sealed class PublicKey(CoseAlgorithm algorithm, byte[] subjectPublicKeyInfo)
{
    readonly ConcurrentBag<AsymmetricAlgorithm> idle = [];

    /// <summary>True when the signature is one of this key over these bytes. Never throws on a bad signature.</summary>
    public bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        var key = idle.TryTake(out var ready) ? ready : Import();
        try
        {
            return key switch
            {
                ECDsa ec => ec.VerifyData(
                    data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation),
                RSA rsa => rsa.VerifyData(data, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pss),
                _ => false,
            };
        }
        catch (CryptographicException)
        {
            return false;
        }
        finally
        {
            idle.Add(key);
        }
    }

    AsymmetricAlgorithm Import()
    {
        AsymmetricAlgorithm key = algorithm == CoseAlgorithm.ES256 ? ECDsa.Create() : RSA.Create();
        key.ImportSubjectPublicKeyInfo(subjectPublicKeyInfo, out _);
        return key;
    }
}
