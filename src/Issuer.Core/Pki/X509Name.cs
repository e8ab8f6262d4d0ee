using System.Security.Cryptography.X509Certificates;

namespace Issuer.Core.Pki;

/// <summary>The name of a CSCA, DSC or trust anchor: C, O and CN, each once (certificate-governance.md 3.3).</summary>
public sealed record X509Name
{
    /// <summary>RFC 5280, ub-common-name and ub-organization-name.</summary>
    const int LongestPart = 64;

    /// <exception cref="ArgumentException">Not two letters A–Z, or an empty or overlong part.</exception>
    public X509Name(string country, string organisation, string commonName)
    {
        if (country is not [>= 'A' and <= 'Z', >= 'A' and <= 'Z'])
        {
            throw new ArgumentException("A country is two letters A–Z.", nameof(country));
        }
        Country = country;
        Organisation = Part(organisation, nameof(organisation));
        CommonName = Part(commonName, nameof(commonName));
    }

    public string Country { get; }

    public string Organisation { get; }

    public string CommonName { get; }

    internal X500DistinguishedName Encode()
    {
        // The builder writes the last part first; C comes first in every DSC of the gateway.
        var builder = new X500DistinguishedNameBuilder();
        builder.AddCommonName(CommonName);
        builder.AddOrganizationName(Organisation);
        builder.AddCountryOrRegion(Country);
        return builder.Build();
    }

    static string Part(string value, string name) => value.Trim() is { Length: > 0 and <= LongestPart } part
        ? part
        : throw new ArgumentException($"1 to {LongestPart} characters are needed.", name);
}
