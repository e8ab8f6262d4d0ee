using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Issuer.Hcert;
using Issuer.Verification.X509;

namespace Issuer.Core.Pki;

/// <summary>
/// A private key of a DSC, a CSCA or the trust anchor; owns and disposes it. Many threads may sign with one instance at
/// once: OpenSSL's keys are immutable, and nothing else is kept here.
/// </summary>
public sealed class SigningKey : IDisposable
{
    readonly ECDsa? ecdsa;
    readonly RSA? rsa;

    /// <summary>Takes an ECDSA key on P-256 or an RSA key of at least 2048 bits, and owns it from now on.</summary>
    /// <exception cref="ArgumentException">Any other key.</exception>
    public SigningKey(AsymmetricAlgorithm key)
    {
        ecdsa = key as ECDsa;
        rsa = key as RSA;
        PublicKey = new PublicKey(key);
        if (!KeyRules.FitsCsca(PublicKey) && KeyRules.AlgorithmOf(PublicKey) is null)
        {
            throw new ArgumentException("Only P-256 and RSA from 2048 bits on are used.", nameof(key));
        }
    }

    /// <summary>What it signs certificates with.</summary>
    public CoseAlgorithm Algorithm => ecdsa is null ? CoseAlgorithm.PS256 : CoseAlgorithm.ES256;

    public PublicKey PublicKey { get; }

    /// <summary>The whole key, for CMS and X.509.</summary>
    internal AsymmetricAlgorithm Handle => (AsymmetricAlgorithm?)ecdsa ?? rsa!;

    internal X509SignatureGenerator X509Generator => ecdsa is null
        ? X509SignatureGenerator.CreateForRSA(rsa!, RSASignaturePadding.Pkcs1)
        : X509SignatureGenerator.CreateForECDsa(ecdsa);

    /// <summary>A new random key.</summary>
    public static SigningKey Create(KeyKind kind) => new(kind switch
    {
        KeyKind.P256 => ECDsa.Create(ECCurve.NamedCurves.nistP256),
        KeyKind.Rsa2048 => RSA.Create(2048),
        KeyKind.Rsa3072 => RSA.Create(3072),
    });

    /// <summary>Reads an unencrypted PKCS#8 structure.</summary>
    /// <exception cref="CryptographicException">Not a key.</exception>
    /// <exception cref="ArgumentException">Not a key that is used here.</exception>
    public static SigningKey FromPkcs8(ReadOnlySpan<byte> pkcs8)
    {
        var ec = ECDsa.Create();
        try
        {
            ec.ImportPkcs8PrivateKey(pkcs8, out _);
            return new SigningKey(ec);
        }
        catch (CryptographicException)
        {
            ec.Dispose();
            var rsa = RSA.Create();
            rsa.ImportPkcs8PrivateKey(pkcs8, out _);
            return new SigningKey(rsa);
        }
    }

    /// <summary>The key as unencrypted PKCS#8: for key files only, wipe it after use.</summary>
    public byte[] ToPkcs8() => Handle.ExportPkcs8PrivateKey();

    /// <summary>
    /// The COSE signature over <paramref name="toBeSigned"/>, which is hashed here: ES256 gives r‖s in 64 bytes, PS256
    /// as many bytes as the modulus, salt 32.
    /// </summary>
    public byte[] Sign(ReadOnlySpan<byte> toBeSigned)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(toBeSigned, hash);
        return ecdsa is null
            ? rsa!.SignHash(hash, HashAlgorithmName.SHA256, RSASignaturePadding.Pss)
            : ecdsa.SignHash(hash);
    }

    /// <summary>Whether a DSC or CSCA holds the public half of this key.</summary>
    public bool BelongsTo(X509Certificate2 certificate) => PublicKey.ExportSubjectPublicKeyInfo().AsSpan()
        .SequenceEqual(certificate.PublicKey.ExportSubjectPublicKeyInfo());

    /// <summary>The certificate together with this key, as PKCS#12 wants it. The caller disposes it.</summary>
    /// <exception cref="ArgumentException">The key is another certificate's.</exception>
    public X509Certificate2 AttachTo(X509Certificate2 certificate) => ecdsa is null
        ? certificate.CopyWithPrivateKey(rsa!)
        : certificate.CopyWithPrivateKey(ecdsa);

    public void Dispose() => Handle.Dispose();
}
