using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Issuer.Core.Pki;

namespace Issuer.Storage.Pki;

/// <summary>A certificate and its key in one encrypted PKCS#12 file, to move them between machines.</summary>
public static class Pkcs12File
{
    /// <summary>What a password is stretched with; OpenSSL's and Windows' readers take it.</summary>
    static readonly PbeParameters Encryption = new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 100_000);

    /// <exception cref="ArgumentException">The key is another certificate's.</exception>
    public static byte[] Write(ReadOnlySpan<byte> der, SigningKey key, string password)
    {
        ArgumentException.ThrowIfNullOrEmpty(password);
        using var certificate = X509CertificateLoader.LoadCertificate(der);
        using var both = key.AttachTo(certificate);
        return both.ExportPkcs12(Encryption, password);
    }

    /// <summary>The DER and the key, which the caller disposes.</summary>
    /// <exception cref="KeyRefusedException">Wrong password, no PKCS#12, or no key in it that is used here.</exception>
    public static (byte[] Der, SigningKey Key) Read(ReadOnlySpan<byte> pkcs12, string password)
    {
        try
        {
            using var both = X509CertificateLoader.LoadPkcs12(
                pkcs12, password, X509KeyStorageFlags.Exportable | X509KeyStorageFlags.EphemeralKeySet);
            AsymmetricAlgorithm? key = both.GetECDsaPrivateKey();
            key ??= both.GetRSAPrivateKey();
            return key is null
                ? throw new KeyRefusedException("The PKCS#12 file holds no private key.")
                : (both.RawData, new SigningKey(key));
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new KeyRefusedException($"The PKCS#12 file cannot be read: {e.Message}", e);
        }
    }
}
