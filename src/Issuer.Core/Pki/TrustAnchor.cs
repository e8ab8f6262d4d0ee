using System.Security.Cryptography.X509Certificates;
using Issuer.Hcert;
using Issuer.Verification;
using Issuer.Verification.X509;

namespace Issuer.Core.Pki;

/// <summary>
/// The certificate that signs what is published, with its key. Verifiers get it out of band and compare it byte for
/// byte, so it has no issuer above it and nobody asks when it ends.
/// </summary>
public sealed class TrustAnchor : IAnchorSigner, IDisposable
{
    public const int DefaultYears = 10;

    readonly SigningKey key;

    /// <summary>Takes the certificate (DER or PEM) and its key, which it owns from now on.</summary>
    /// <exception cref="ArgumentException">The key is another certificate's.</exception>
    public TrustAnchor(ReadOnlySpan<byte> certificate, SigningKey key)
    {
        Certificate = X509CertificateLoader.LoadCertificate(certificate);
        this.key = key;
        if (!key.BelongsTo(Certificate))
        {
            throw new ArgumentException("The key is not the trust anchor's.", nameof(key));
        }
    }

    public ReadOnlyMemory<byte> Der => Certificate.RawDataMemory;

    /// <summary>An anchor ends without anybody being refused for it, but strangers' tools may ask.</summary>
    public DateTimeOffset NotAfter => Certificate.NotAfter;

    public X509Certificate2 Certificate { get; }

    /// <summary>Of an anchor as it was published; null when there is none that can be read.</summary>
    public static ReadOnlyMemory<byte>? DerOf(ReadOnlySpan<byte> published)
    {
        try
        {
            using var certificate = X509CertificateLoader.LoadCertificate(published);
            return certificate.RawData;
        }
        catch (Exception e) when (ForeignBytes.MayThrow(e))
        {
            return null;
        }
    }

    /// <summary>A new self-signed one; takes the key over.</summary>
    public static TrustAnchor SelfSigned(
        string country, string organisation, SigningKey key, DateTimeOffset now, int years = DefaultYears)
    {
        var name = new X509Name(
            country, organisation, FormattableString.Invariant($"Issuer Trust Anchor {now.UtcDateTime.Year}"));
        using var certificate = X509Profile.AnchorRequest(name, key)
            .Create(name.Encode(), key.X509Generator, now, now.AddYears(years), X509Profile.NewSerial());
        return new TrustAnchor(certificate.RawData, key);
    }

    /// <summary>A detached CMS (DER) over <paramref name="content"/>, as the gateway has them.</summary>
    public byte[] Sign(ReadOnlySpan<byte> content, DateTimeOffset now) =>
        SignCms.Over(content, Certificate, key, now, isDetached: true);

    /// <summary>
    /// A COSE_Sign1 around <paramref name="payload"/>, with the anchor's kid in the protected header.
    /// </summary>
    public byte[] SignCose(ReadOnlySpan<byte> payload)
    {
        var toBeSigned = CoseSign1.ToBeSigned(key.Algorithm, Kid.OfDsc(Der.Span), payload);
        return CoseSign1.Assemble(toBeSigned, key.Sign(toBeSigned));
    }

    /// <inheritdoc/>
    public byte[] SignRaw(ReadOnlySpan<byte> content) => key.Sign(content);

    public void Dispose()
    {
        Certificate.Dispose();
        key.Dispose();
    }
}
