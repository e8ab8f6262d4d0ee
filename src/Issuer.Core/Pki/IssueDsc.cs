using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Issuer.Hcert;
using Issuer.Verification.X509;

namespace Issuer.Core.Pki;

/// <summary>The CSCA's half of the ceremony: a DSC for a PKCS#10 request.</summary>
public static class IssueDsc
{
    /// <summary>Two years: it signs during the first, then what it signed runs out.</summary>
    public const int DefaultYears = 2;

    /// <summary>The DSC in DER, or every fault. Extensions that the request asks for are not heeded.</summary>
    /// <param name="taken">kids in use: two DSCs with one kid cannot both enter the gateway.</param>
    public static Result<byte[]> From(
        ReadOnlySpan<byte> pkcs10, Csca csca, SigningKey cscaKey, DateTimeOffset notBefore, DateTimeOffset notAfter,
        IReadOnlyCollection<Kid> taken)
    {
        CertificateRequest request;
        try
        {
            request = CertificateRequest.LoadSigningRequest(pkcs10, HashAlgorithmName.SHA256, out _);
        }
        catch (Exception e) when (ForeignBytes.MayThrow(e))
        {
            return new Rejection(
                RejectionKind.Malformed, "Not a PKCS#10 request that is signed with its own key.");
        }
        var faults = FaultsOf(request, csca, cscaKey, notBefore, notAfter).ToList();
        return faults.Count > 0
            ? new Rejection(RejectionKind.Invalid, string.Join(" ", faults))
            : Sign(request, csca, cscaKey, notBefore, notAfter, taken);
    }

    static IEnumerable<string> FaultsOf(
        CertificateRequest request, Csca csca, SigningKey cscaKey, DateTimeOffset notBefore, DateTimeOffset notAfter)
    {
        if (!cscaKey.BelongsTo(csca.Certificate))
        {
            yield return "The key is not the CSCA's.";
        }
        if (KeyRules.AlgorithmOf(request.PublicKey) is null)
        {
            yield return "A DSC's key is P-256 or RSA of 2048 to 3072 bits.";
        }
        if (SubjectNames.CountryOf(request.SubjectName) != csca.Country)
        {
            yield return $"The subject's country must be {csca.Country}, once.";
        }
        if (SubjectNames.CommonNameOf(request.SubjectName) is null)
        {
            yield return "The subject has no common name, or several.";
        }
        if (notAfter <= notBefore)
        {
            yield return "The DSC would end before it begins.";
        }
        if (notBefore < csca.NotBefore || notAfter > csca.NotAfter)
        {
            yield return FormattableString.Invariant(
                $"The DSC must lie within the CSCA's validity, {csca.NotBefore:u} to {csca.NotAfter:u}.");
        }
    }

    static byte[] Sign(
        CertificateRequest request, Csca csca, SigningKey cscaKey, DateTimeOffset notBefore, DateTimeOffset notAfter,
        IReadOnlyCollection<Kid> taken)
    {
        var profile = X509Profile.DscRequest(request.SubjectName, request.PublicKey, csca);
        while (true)
        {
            using var dsc = profile.Create(
                csca.Certificate.SubjectName, cscaKey.X509Generator, notBefore, notAfter, X509Profile.NewSerial());
            if (!IssuerSignature.Holds(dsc, csca.Certificate))
            {
                throw new CryptographicException("The CSCA's own signature does not verify.");
            }
            // A new serial makes a new kid: 64 random bits will not be taken twice in a row.
            if (!taken.Contains(Kid.OfDsc(dsc.RawData)))
            {
                return dsc.RawData;
            }
        }
    }
}
