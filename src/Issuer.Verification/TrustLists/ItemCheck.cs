using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Issuer.Hcert;
using Issuer.Verification.X509;

namespace Issuer.Verification.TrustLists;

/// <summary>
/// Whether one item of a trust list is believed. The anchor signs nothing but the DER, so everything else an item says
/// must follow from the DER: a relabelled country or type is as bad as a forged key.
/// </summary>
public static class ItemCheck
{
    /// <summary>A DSC is below 2 KB; a detached CMS holds the anchor besides.</summary>
    const int LongestBase64 = 32 * 1024;

    /// <summary>The DER when all is well, otherwise the reason.</summary>
    public static (byte[]? Der, string? Why) Check(TrustListItem item, X509Certificate2 anchor) =>
        item.CertificateType is TrustListItem.Csca or TrustListItem.Dsc
            ? CheckAs(item.CertificateType, item, [anchor])
            : (null, "neither CSCA nor DSC");

    /// <summary>The same for an item that has to be of one type and signed by one of these.</summary>
    /// <param name="who">Of the signers, to say when none of them signed it.</param>
    public static (byte[]? Der, string? Why) CheckAs(
        string type, TrustListItem item, IReadOnlyList<X509Certificate2> signers, string who = "the anchor")
    {
        if (item.CertificateType != type)
        {
            return (null, $"not of the type {type}");
        }
        if (item.RawData is null || item.Signature is null)
        {
            return (null, "deleted: no rawData or no signature");
        }
        if (FromBase64(item.RawData) is not { } der || FromBase64(item.Signature) is not { } signature)
        {
            return (null, "rawData or signature is not base64, or too long");
        }
        if (WhyNot(item, der) is { } why)
        {
            return (null, why);
        }
        return signers.Any(signer => DetachedCms.Verifies(signature, der, signer))
            ? (der, null)
            : (null, $"not signed by {who}");
    }

    static string? WhyNot(TrustListItem item, byte[] der)
    {
        if (item.Kid != Kid.OfDsc(der).ToString())
        {
            return "kid is not that of rawData";
        }
        if (Convert.ToHexStringLower(SHA256.HashData(der)) != item.Thumbprint)
        {
            return "thumbprint is not that of rawData";
        }
        try
        {
            using var certificate = X509CertificateLoader.LoadCertificate(der);
            return WhyNot(item, certificate, der);
        }
        catch (Exception e) when (ForeignBytes.MayThrow(e))
        {
            return "rawData is not an X.509 certificate";
        }
    }

    static string? WhyNot(TrustListItem item, X509Certificate2 certificate, byte[] der)
    {
        if (!certificate.RawDataMemory.Span.SequenceEqual(der))
        {
            return "rawData is not plain DER";
        }
        if (SubjectNames.CountryOf(certificate.SubjectName) is not { } country || country != item.Country)
        {
            return "country is not that of the subject";
        }
        return item.CertificateType switch
        {
            TrustListItem.Csca => CertificateUse.IsCa(certificate) ? null : "a CSCA that is not a CA",
            TrustListItem.Dsc => CertificateUse.IsCa(certificate) ? "a DSC that is a CA" : null,
            _ => null,
        };
    }

    /// <summary>Only what base64 encoders write: the reader would also take blanks and loose last bits.</summary>
    static byte[]? FromBase64(string text)
    {
        if (text.Length > LongestBase64 || !Base64.IsValid(text))
        {
            return null;
        }
        var bytes = Convert.FromBase64String(text);
        return Convert.ToBase64String(bytes) == text ? bytes : null;
    }
}
