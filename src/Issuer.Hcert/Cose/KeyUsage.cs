using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Issuer.Hcert;

/// <summary>
/// What a DSC may sign, from its extended key usage (hcert_spec.md A.4). The three OIDs are read in both spellings:
/// nearly half of the deployed DSCs carry an extra 0. None of them, an empty extension or none at all means everything;
/// only a critical extension that names nothing but other purposes binds the key to those (RFC 5280 section 4.2.1.12).
/// </summary>
readonly record struct KeyUsage(bool Test, bool Vaccination, bool Recovery)
{
    const string ExtensionOid = "2.5.29.37";

    /// <summary>May such an entry be signed?</summary>
    public bool Allows(DccEntry entry) => entry switch
    {
        TestEntry => Test,
        VaccinationEntry => Vaccination,
        RecoveryEntry => Recovery,
        _ => false,
    };

    /// <summary>Reads the extension, an empty SEQUENCE too, which stricter readers refuse.</summary>
    /// <exception cref="CryptographicException">It is not a SEQUENCE of OIDs.</exception>
    public static KeyUsage Of(X509Certificate2 certificate)
    {
        var usage = default(KeyUsage);
        var elsewhereOnly = false;
        foreach (var extension in certificate.Extensions.Where(extension => extension.Oid?.Value == ExtensionOid))
        {
            var oids = ReadOids(extension.RawData);
            elsewhereOnly = extension.Critical && oids.Count > 0;
            foreach (var oid in oids)
            {
                usage = oid switch
                {
                    "1.3.6.1.4.1.1847.2021.1.1" or "1.3.6.1.4.1.0.1847.2021.1.1" => usage with { Test = true },
                    "1.3.6.1.4.1.1847.2021.1.2" or "1.3.6.1.4.1.0.1847.2021.1.2" => usage with { Vaccination = true },
                    "1.3.6.1.4.1.1847.2021.1.3" or "1.3.6.1.4.1.0.1847.2021.1.3" => usage with { Recovery = true },
                    _ => usage,
                };
            }
        }
        return usage == default && !elsewhereOnly ? new KeyUsage(true, true, true) : usage;
    }

    static List<string> ReadOids(byte[] extension)
    {
        try
        {
            var oids = new List<string>();
            var sequence = new AsnReader(extension, AsnEncodingRules.DER).ReadSequence();
            while (sequence.HasData)
            {
                oids.Add(sequence.ReadObjectIdentifier());
            }
            return oids;
        }
        catch (AsnContentException exception)
        {
            throw new CryptographicException("Unreadable extended key usage.", exception);
        }
    }
}
