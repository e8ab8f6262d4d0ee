using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Issuer.Hcert;
using Issuer.Verification.X509;

namespace Issuer.Core.Pki;

/// <summary>
/// Takes in a DSC that an outside CA made for our request, such as the Government Cipher Committee's (Ban Cơ yếu):
/// its profile is not ours, so only what verifiers and the gateway rely on is asked for.
/// </summary>
public static class ImportDsc
{
    const string HealthUsages = "1.3.6.1.4.1.1847.2021.1.";
    const string HealthUsagesMistyped = "1.3.6.1.4.1.0.1847.2021.1.";

    /// <summary>The DSC as DER, or every fault. A DSC that begins later is no fault: it waits until then.</summary>
    /// <param name="file">DER or PEM.</param>
    /// <param name="key">The key that the request was made for.</param>
    /// <param name="country">ISO 3166-1 alpha-2: ours.</param>
    /// <param name="now">The moment of the import.</param>
    /// <param name="taken">kids in use.</param>
    /// <param name="issuer">The outside CA's certificate (DER or PEM); null when it is not at hand.</param>
    public static Result<byte[]> From(
        ReadOnlySpan<byte> file, SigningKey key, string country, DateTimeOffset now, IReadOnlyCollection<Kid> taken,
        byte[]? issuer = null)
    {
        try
        {
            using var dsc = X509CertificateLoader.LoadCertificate(file);
            using var ca = issuer is null ? null : X509CertificateLoader.LoadCertificate(issuer);
            string[] faults =
            [
                .. FaultsOfKey(dsc, key, taken), .. FaultsOfName(dsc, country, ca), .. FaultsOfUsage(dsc),
                .. FaultsOfValidity(dsc, now, ca),
            ];
            return faults.Length > 0
                ? new Rejection(RejectionKind.Invalid, string.Join(" ", faults))
                : dsc.RawData;
        }
        catch (Exception e) when (ForeignBytes.MayThrow(e))
        {
            return new Rejection(RejectionKind.Malformed, "Not an X.509 certificate.");
        }
    }

    static IEnumerable<string> FaultsOfKey(X509Certificate2 dsc, SigningKey key, IReadOnlyCollection<Kid> taken)
    {
        if (!key.BelongsTo(dsc))
        {
            yield return "Made for a key that is not the one in the request.";
        }
        if (KeyRules.AlgorithmOf(dsc.PublicKey) is null)
        {
            yield return "A DSC's key is P-256 or RSA of 2048 to 3072 bits.";
        }
        var kid = Kid.OfDsc(dsc.RawData);
        if (taken.Contains(kid))
        {
            yield return $"A DSC with the kid {kid} exists already.";
        }
    }

    static IEnumerable<string> FaultsOfName(X509Certificate2 dsc, string country, X509Certificate2? ca)
    {
        if (SubjectNames.CountryOf(dsc.SubjectName) != country)
        {
            yield return $"The subject's country must be {country}, once.";
        }
        if (SubjectNames.CommonNameOf(dsc.SubjectName) is null)
        {
            yield return "The subject has no common name, or several.";
        }
        if (!IssuerSignature.IsPlainSha2(dsc))
        {
            yield return $"Signed with {dsc.SignatureAlgorithm.FriendlyName}; RSA or ECDSA with SHA-2 is needed.";
        }
        if (ca is not null && !IssuerSignature.Holds(dsc, ca))
        {
            yield return "The signature is not the given CA's.";
        }
    }

    static IEnumerable<string> FaultsOfUsage(X509Certificate2 dsc)
    {
        if (CertificateUse.IsCa(dsc))
        {
            yield return "A CA certificate cannot be a DSC.";
        }
        if (!CertificateUse.MayBeUsedFor(dsc, X509KeyUsageFlags.DigitalSignature))
        {
            yield return "The key usage digitalSignature is missing.";
        }
        // Without any of the health usages a DSC signs every type; with some, verifiers ask for the right one.
        var health = dsc.Extensions.OfType<X509EnhancedKeyUsageExtension>()
            .SelectMany(usages => usages.EnhancedKeyUsages.Cast<Oid>())
            .Select(usage => usage.Value!)
            .Where(oid => oid.StartsWith(HealthUsages, StringComparison.Ordinal)
                || oid.StartsWith(HealthUsagesMistyped, StringComparison.Ordinal))
            .ToList();
        if (health.Count > 0 && !health.Any(oid => oid is X509Profile.Vaccination or X509Profile.VaccinationMistyped))
        {
            yield return "Its extended key usage leaves out vaccination.";
        }
    }

    static IEnumerable<string> FaultsOfValidity(X509Certificate2 dsc, DateTimeOffset now, X509Certificate2? ca)
    {
        if (dsc.NotAfter.ToUniversalTime() <= now.UtcDateTime)
        {
            yield return FormattableString.Invariant($"It ended at {dsc.NotAfter.ToUniversalTime():u}.");
        }
        if (dsc.NotAfter <= dsc.NotBefore)
        {
            yield return "It ends before it begins.";
        }
        if (ca is not null && (dsc.NotBefore < ca.NotBefore || dsc.NotAfter > ca.NotAfter))
        {
            yield return "It does not lie within the given CA's validity.";
        }
    }
}
