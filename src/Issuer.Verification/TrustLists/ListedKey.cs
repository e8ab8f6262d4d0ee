using System.Security.Cryptography.X509Certificates;
using Issuer.Hcert;
using Issuer.Verification.X509;

namespace Issuer.Verification.TrustLists;

/// <summary>
/// One of the list's certificates as a key. Its chain is itself and, where that is on the list as well, the CSCA that
/// issued it.
/// </summary>
/// <param name="IsCsca">Otherwise a DSC.</param>
sealed record ListedKey(bool IsCsca, Jwk Key, string Algorithm)
{
    /// <summary>DSCs in the order of the list, then CSCAs.</summary>
    public static IReadOnlyList<ListedKey> Of(TrustListContent content)
    {
        var cscas = content.Cscas.Select(Load).ToList();
        try
        {
            return
            [
                .. content.Dscs.Select(signer => Dsc(signer, cscas)),
                .. cscas.Select(csca => From(csca, isCsca: true, [RawOf(csca)])),
            ];
        }
        finally
        {
            cscas.ForEach(csca => csca.Dispose());
        }
    }

    static ListedKey Dsc(ListedSigner signer, IEnumerable<X509Certificate2> cscas)
    {
        using var dsc = Load(signer.RawData);
        var issuer = cscas.Where(csca => IssuerSignature.Holds(dsc, csca)).Take(1).Select(RawOf);
        return From(dsc, isCsca: false, [signer.RawData, .. issuer]);
    }

    static ListedKey From(X509Certificate2 certificate, bool isCsca, IReadOnlyList<string> chain) => new(
        isCsca, Jwk.Of(certificate, Kid.OfDsc(certificate.RawDataMemory.Span).ToString(), chain),
        AnchorKey.AlgorithmOf(certificate.PublicKey)!);

    static X509Certificate2 Load(string raw) => X509CertificateLoader.LoadCertificate(Convert.FromBase64String(raw));

    static string RawOf(X509Certificate2 certificate) => Convert.ToBase64String(certificate.RawDataMemory.Span);
}
