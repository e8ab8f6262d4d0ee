using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Issuer.Core.Pki;

/// <summary>
/// The signature on an X.509 certificate (RFC 5280, 4.1.1.3), checked against one issuer. The platform only offers
/// whole chains, which look at the system's clock and trusted roots.
/// </summary>
static class IssuerSignature
{
    const string PssOid = "1.2.840.113549.1.1.10";

    static readonly HashAlgorithmName[] PssHashes =
        [HashAlgorithmName.SHA256, HashAlgorithmName.SHA384, HashAlgorithmName.SHA512];

    /// <summary>Names agree and the signature verifies; validity is another question.</summary>
    public static bool Holds(X509Certificate2 certificate, X509Certificate2 issuer)
    {
        if (!certificate.IssuerName.RawData.AsSpan().SequenceEqual(issuer.SubjectName.RawData))
        {
            return false;
        }
        try
        {
            var fields = new AsnReader(certificate.RawDataMemory, AsnEncodingRules.DER).ReadSequence();
            var signed = fields.ReadEncodedValue();
            var algorithm = fields.ReadEncodedValue();
            var signature = fields.ReadBitString(out var unusedBits);
            return unusedBits == 0
                && algorithm.Span.SequenceEqual(AlgorithmIn(signed).Span)
                && (certificate.SignatureAlgorithm.Value == PssOid
                    ? VerifiesPss(issuer, signed.Span, signature)
                    : Verifies(issuer, HashOf(certificate), signed.Span, signature));
        }
        catch (Exception e) when (ForeignBytes.MayThrow(e))
        {
            return false;
        }
    }

    /// <summary>Null for anything older than SHA-2, and for PSS, which names its hash elsewhere.</summary>
    public static HashAlgorithmName? HashOf(X509Certificate2 certificate) => certificate.SignatureAlgorithm.Value switch
    {
        "1.2.840.113549.1.1.11" or "1.2.840.10045.4.3.2" => HashAlgorithmName.SHA256,
        "1.2.840.113549.1.1.12" or "1.2.840.10045.4.3.3" => HashAlgorithmName.SHA384,
        "1.2.840.113549.1.1.13" or "1.2.840.10045.4.3.4" => HashAlgorithmName.SHA512,
        _ => null,
    };

    /// <summary>The copy of the algorithm that is signed itself; RFC 5280, 4.1.1.2 wants both equal.</summary>
    static ReadOnlyMemory<byte> AlgorithmIn(ReadOnlyMemory<byte> signed)
    {
        var fields = new AsnReader(signed, AsnEncodingRules.DER).ReadSequence();
        if (fields.PeekTag().TagClass == TagClass.ContextSpecific)
        {
            fields.ReadEncodedValue(); // version; X.509 version 1, which one country still uses, has none
        }
        fields.ReadEncodedValue(); // serial number
        return fields.ReadEncodedValue();
    }

    static bool Verifies(
        X509Certificate2 issuer, HashAlgorithmName? hash, ReadOnlySpan<byte> signed, byte[] signature)
    {
        if (hash is not { } algorithm)
        {
            return false;
        }
        using var ecdsa = issuer.GetECDsaPublicKey();
        if (ecdsa is not null)
        {
            return ecdsa.VerifyData(signed, signature, algorithm, DSASignatureFormat.Rfc3279DerSequence);
        }
        using var rsa = issuer.GetRSAPublicKey();
        return rsa is not null && rsa.VerifyData(signed, signature, algorithm, RSASignaturePadding.Pkcs1);
    }

    /// <summary>
    /// Two countries on the WHO's list sign so. Only the hash that was used verifies: its name is not read.
    /// </summary>
    static bool VerifiesPss(X509Certificate2 issuer, ReadOnlySpan<byte> signed, byte[] signature)
    {
        using var rsa = issuer.GetRSAPublicKey();
        foreach (var hash in rsa is null ? [] : PssHashes)
        {
            if (rsa!.VerifyData(signed, signature, hash, RSASignaturePadding.Pss))
            {
                return true;
            }
        }
        return false;
    }
}
