using System.Security.Cryptography.X509Certificates;

namespace Issuer.Verification.X509;

/// <summary>What a certificate may be used for, by its extensions.</summary>
public static class CertificateUse
{
    public static bool IsCa(X509Certificate2 certificate) =>
        certificate.Extensions.OfType<X509BasicConstraintsExtension>().Any(found => found.CertificateAuthority);

    public static bool MayBeUsedFor(X509Certificate2 certificate, X509KeyUsageFlags usage) =>
        certificate.Extensions.OfType<X509KeyUsageExtension>().Any(found => found.KeyUsages.HasFlag(usage));
}
