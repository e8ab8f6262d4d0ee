using System.Security.Cryptography.X509Certificates;

namespace Issuer.Verification.X509;

/// <summary>What the name of a CSCA, DSC or anchor says (certificate-governance.md 3.3).</summary>
public static class SubjectNames
{
    const string CountryOid = "2.5.4.6";
    const string CommonNameOid = "2.5.4.3";

    /// <summary>The only C of a name; null when there is none, or more than one (the gateway refuses both).</summary>
    public static string? CountryOf(X500DistinguishedName name) => OnlyPart(name, CountryOid);

    /// <summary>The only CN of a name; null when there is none, or more than one.</summary>
    public static string? CommonNameOf(X500DistinguishedName name) => OnlyPart(name, CommonNameOid);

    static string? OnlyPart(X500DistinguishedName name, string oid)
    {
        try
        {
            var values = name.EnumerateRelativeDistinguishedNames()
                .Where(part => !part.HasMultipleElements && part.GetSingleElementType().Value == oid)
                .Select(part => part.GetSingleElementValue())
                .ToList();
            return values is [{ Length: > 0 } only] ? only : null;
        }
        catch (Exception e) when (ForeignBytes.MayThrow(e))
        {
            return null;
        }
    }
}
