using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Issuer.Hcert;
using Issuer.Verification.X509;

namespace Issuer.Core.Pki;

/// <summary>
/// One of our own DSCs, the ministry's or a facility's, whose private key we host; the view of the side that signs.
/// (<c>Issuer.Hcert.Dsc</c> is any country's DSC as a verifier sees it.)
/// </summary>
public sealed class OwnDsc
{
    readonly byte[] der;

    /// <param name="der">The X.509 certificate, DER and nothing after it.</param>
    /// <param name="keyName">Where the key store finds the private key.</param>
    /// <param name="facility">The code of the facility whose certificates go under it; null: the ministry's.</param>
    /// <param name="withdrawn">It signs no more and has left the trust list.</param>
    /// <exception cref="CryptographicException">Not an X.509 certificate.</exception>
    /// <exception cref="ArgumentException">A key that may not sign certificates, or an empty name.</exception>
    public OwnDsc(ReadOnlySpan<byte> der, string keyName, string? facility = null, bool withdrawn = false)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(keyName);
        if (facility is not null)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(facility);
        }
        using var certificate = X509CertificateLoader.LoadCertificate(der);
        if (!certificate.RawDataMemory.Span.SequenceEqual(der))
        {
            throw new ArgumentException("A DSC is kept as plain DER.", nameof(der));
        }
        this.der = der.ToArray();
        Kid = Kid.OfDsc(der);
        Algorithm = KeyRules.AlgorithmOf(certificate.PublicKey)
            ?? throw new ArgumentException("A DSC's key is P-256 or RSA of 2048 to 3072 bits.", nameof(der));
        Subject = certificate.Subject;
        NotBefore = certificate.NotBefore.ToUniversalTime();
        NotAfter = certificate.NotAfter.ToUniversalTime();
        KeyName = keyName;
        Facility = facility;
        Withdrawn = withdrawn;
    }

    public Kid Kid { get; }

    public ReadOnlyMemory<byte> Der => der;

    public CoseAlgorithm Algorithm { get; }

    public string Subject { get; }

    public DateTimeOffset NotBefore { get; }

    public DateTimeOffset NotAfter { get; }

    public string KeyName { get; }

    public string? Facility { get; }

    public bool Withdrawn { get; }
}
