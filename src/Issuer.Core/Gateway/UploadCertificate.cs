using System.Security.Cryptography.X509Certificates;
using Issuer.Core.Pki;
using Issuer.Verification.X509;

namespace Issuer.Core.Gateway;

/// <summary>
/// NB_UP: what we sign our uploads with. The gateway knows the certificate, so nothing in it is looked at here but its
/// country and that the key fits.
/// </summary>
public sealed class UploadCertificate : IDisposable
{
    readonly X509Certificate2 certificate;
    readonly SigningKey key;

    /// <summary>Takes the certificate (DER or PEM) and its key, which it owns from now on.</summary>
    /// <exception cref="ArgumentException">The key is another certificate's, or no country is named.</exception>
    public UploadCertificate(ReadOnlySpan<byte> certificate, SigningKey key)
    {
        this.certificate = X509CertificateLoader.LoadCertificate(certificate);
        this.key = key;
        if (!key.BelongsTo(this.certificate))
        {
            throw new ArgumentException("The key is not the upload certificate's.", nameof(key));
        }
        Country = SubjectNames.CountryOf(this.certificate.SubjectName)
            ?? throw new ArgumentException("The upload certificate names no country.", nameof(certificate));
    }

    public string Country { get; }

    public ReadOnlyMemory<byte> Der => certificate.RawDataMemory;

    /// <summary>CMS SignedData with the content inside and one certificate, in base64 without line breaks.</summary>
    public string Sign(ReadOnlySpan<byte> content, DateTimeOffset now) =>
        Convert.ToBase64String(SignCms.Over(content, certificate, key, now, isDetached: false));

    public void Dispose()
    {
        certificate.Dispose();
        key.Dispose();
    }
}
