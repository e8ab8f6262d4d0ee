using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Issuer.Hcert;

/// <summary>
/// A document signer certificate as a verifier sees it (hcert_spec.md 5; certificate-governance.md 3): a key, a kid and
/// what it may sign. Its chain is not looked at: being on a trust list is what makes it trusted. Any number of threads
/// may use it.
/// </summary>
public sealed class Dsc
{
    const string CountryOid = "2.5.4.6";
    const string P256Oid = "1.2.840.10045.3.1.7";

    readonly PublicKey key;
    readonly KeyUsage usage;

    Dsc(byte[] der, X509Certificate2 certificate, CoseAlgorithm algorithm, int keySize, KeyUsage usage)
    {
        this.usage = usage;
        key = new PublicKey(algorithm, certificate.PublicKey.ExportSubjectPublicKeyInfo());
        Der = der;
        Kid = Kid.OfDsc(der);
        Algorithm = algorithm;
        HasWeakKey = algorithm == CoseAlgorithm.PS256 && keySize < 2048;
        Country = FindCountry(certificate.SubjectName);
        NotBefore = new DateTimeOffset(certificate.NotBefore.ToUniversalTime());
        NotAfter = new DateTimeOffset(certificate.NotAfter.ToUniversalTime());
    }

    /// <summary>The X.509 certificate as it was given.</summary>
    public ReadOnlyMemory<byte> Der { get; }

    /// <summary>Of this certificate.</summary>
    public Kid Kid { get; }

    /// <summary>The only algorithm the key may be used with: ES256 for P-256, PS256 for RSA.</summary>
    public CoseAlgorithm Algorithm { get; }

    /// <summary>True for RSA below 2048 bits: against the specification, yet in use. It still verifies.</summary>
    public bool HasWeakKey { get; }

    /// <summary>C of the subject, as it stands; null when there is none.</summary>
    public string? Country { get; }

    /// <summary>First second of the certificate's validity.</summary>
    public DateTimeOffset NotBefore { get; }

    /// <summary>Last second of the certificate's validity.</summary>
    public DateTimeOffset NotAfter { get; }

    /// <summary>Reads DER. Refused: no X.509, a key neither P-256 nor RSA, an unreadable extended key usage.</summary>
    public static bool TryParse(
        ReadOnlySpan<byte> der, [NotNullWhen(true)] out Dsc? dsc, [NotNullWhen(false)] out string? why)
    {
        (dsc, why) = (null, null);
        try
        {
            using var certificate = X509CertificateLoader.LoadCertificate(der);
            if (FindAlgorithm(certificate, out var keySize) is not { } algorithm)
            {
                why = "the key is neither P-256 nor RSA";
                return false;
            }
            var usage = KeyUsage.Of(certificate);
            dsc = new Dsc(der.ToArray(), certificate, algorithm, keySize, usage);
            return true;
        }
        catch (CryptographicException)
        {
            why = "not a readable X.509 certificate";
            return false;
        }
    }

    /// <summary>
    /// May this DSC sign such an entry? Yes when its extended key usage names that kind, or no kind at all
    /// (hcert_spec.md A.4); no when it is critical and names other purposes only.
    /// </summary>
    public bool Allows(DccEntry entry) => usage.Allows(entry);

    /// <summary>True when the signature is this key's over these bytes. False, never an exception, otherwise.</summary>
    public bool Verify(ReadOnlySpan<byte> toBeSigned, ReadOnlySpan<byte> signature) =>
        key.Verify(toBeSigned, signature);

    static CoseAlgorithm? FindAlgorithm(X509Certificate2 certificate, out int keySize)
    {
        using var ec = certificate.GetECDsaPublicKey();
        using var rsa = certificate.GetRSAPublicKey();
        keySize = rsa?.KeySize ?? 0;
        return ec is null
            ? rsa is null ? null : CoseAlgorithm.PS256
            : ec.ExportParameters(false).Curve.Oid?.Value == P256Oid ? CoseAlgorithm.ES256 : null;
    }

    static string? FindCountry(X500DistinguishedName subject) => subject
        .EnumerateRelativeDistinguishedNames(reversed: false)
        .Where(part => !part.HasMultipleElements && part.GetSingleElementType().Value == CountryOid)
        .Select(part => part.GetSingleElementValue())
        .FirstOrDefault();
}
