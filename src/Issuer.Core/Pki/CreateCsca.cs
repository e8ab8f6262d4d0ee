using Issuer.Verification.X509;

namespace Issuer.Core.Pki;

/// <summary>The first ceremony: a self-signed CSCA.</summary>
public static class CreateCsca
{
    /// <summary>Four years; its private key is meant for the first of them (certificate-governance.md 4.2).</summary>
    public const int DefaultYears = 4;

    /// <exception cref="ArgumentException">RSA below 3000 bits.</exception>
    public static Csca SelfSigned(X509Name name, SigningKey key, DateTimeOffset now, int years = DefaultYears)
    {
        if (!KeyRules.FitsCsca(key.PublicKey))
        {
            throw new ArgumentException("A CSCA's key is P-256 or RSA from 3000 bits on.", nameof(key));
        }
        using var certificate = X509Profile.CscaRequest(name, key)
            .Create(name.Encode(), key.X509Generator, now, now.AddYears(years), X509Profile.NewSerial());
        return new Csca(certificate.RawData);
    }
}
