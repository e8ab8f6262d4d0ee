using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Issuer.Verification.X509;

namespace Issuer.Core.Pki;

/// <summary>One of our CSCAs: the certificate alone. Its key is used in ceremonies and never by the service.</summary>
public sealed class Csca : IDisposable
{
    /// <exception cref="CryptographicException">Not an X.509 certificate.</exception>
    /// <exception cref="ArgumentException">Not one that may sign DSCs.</exception>
    public Csca(ReadOnlySpan<byte> der)
    {
        Certificate = X509CertificateLoader.LoadCertificate(der);
        Country = SubjectNames.CountryOf(Certificate.SubjectName)
            ?? throw new ArgumentException("A CSCA names its country, once.", nameof(der));
        if (!CertificateUse.IsCa(Certificate)
            || !CertificateUse.MayBeUsedFor(Certificate, X509KeyUsageFlags.KeyCertSign))
        {
            throw new ArgumentException("Not a CA certificate.", nameof(der));
        }
        if (!KeyRules.FitsCsca(Certificate.PublicKey))
        {
            throw new ArgumentException("A CSCA's key is P-256 or RSA from 3000 bits on.", nameof(der));
        }
    }

    public ReadOnlyMemory<byte> Der => Certificate.RawDataMemory;

    public string Country { get; }

    public string Subject => Certificate.Subject;

    public DateTimeOffset NotBefore => Certificate.NotBefore.ToUniversalTime();

    public DateTimeOffset NotAfter => Certificate.NotAfter.ToUniversalTime();

    internal X509Certificate2 Certificate { get; }

    /// <summary>Whether a DSC names this CSCA as its issuer and carries its signature.</summary>
    public bool Issued(OwnDsc dsc)
    {
        using var certificate = X509CertificateLoader.LoadCertificate(dsc.Der.Span);
        return IssuerSignature.Holds(certificate, Certificate);
    }

    public void Dispose() => Certificate.Dispose();
}
