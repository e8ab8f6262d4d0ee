using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;

namespace Issuer.Verification.X509;

/// <summary>
/// The signature on an X.509 certificate (RFC 5280, 4.1.1.3), checked against one issuer. The platform only offers
/// whole chains, which look at the system's clock and trusted roots, take MD5 and SHA-1, and throw where the curve of
/// a key is spelled out.
/// </summary>
public static class IssuerSignature
{
    /// <summary>A DSC is below 2 KB, a CSCA with much to say below 4.</summary>
    const int Longest = 32 * 1024;

    /// <summary>Names agree and the signature verifies; validity is another question. Never throws.</summary>
    public static bool Holds(X509Certificate2 certificate, X509Certificate2 issuer)
    {
        if (!certificate.IssuerName.RawData.AsSpan().SequenceEqual(issuer.SubjectName.RawData)
            || certificate.RawDataMemory.Length > Longest || issuer.RawDataMemory.Length > Longest)
        {
            return false;
        }
        try
        {
            var fields = new AsnReader(certificate.RawDataMemory, AsnEncodingRules.DER).ReadSequence();
            var signed = fields.ReadEncodedValue();
            var algorithm = fields.ReadEncodedValue();
            var signature = fields.ReadBitString(out var unusedBits);
            // RFC 5280, 4.1.1.2 wants the copy that is signed itself to be the same.
            return unusedBits == 0 && algorithm.Span.SequenceEqual(SignedFields.Of(signed).Algorithm.Span)
                && SignatureScheme.Read(algorithm) is { } scheme
                && KeyOf(issuer) is { } key && key.Verifies(scheme, signed.Span, signature);
        }
        catch (Exception e) when (ForeignBytes.MayThrow(e))
        {
            return false;
        }
    }

    /// <summary>
    /// With SHA-2, and not by PSS: of our own DSCs, which every verifier abroad must be able to check.
    /// </summary>
    public static bool IsPlainSha2(X509Certificate2 certificate)
    {
        try
        {
            var fields = new AsnReader(certificate.RawDataMemory, AsnEncodingRules.DER).ReadSequence();
            fields.ReadEncodedValue();
            return SignatureScheme.Read(fields.ReadEncodedValue()) is { Pss: null };
        }
        catch (AsnContentException)
        {
            return false;
        }
    }

    /// <summary>Null when it is none by our rules.</summary>
    /// <exception cref="AsnContentException">Not DER.</exception>
    internal static ForeignKey? KeyOf(X509Certificate2 certificate) => ForeignKey.Read(SignedFields.Of(
        new AsnReader(certificate.RawDataMemory, AsnEncodingRules.DER).ReadSequence().ReadEncodedValue()).Key);

    /// <summary>Of a TBSCertificate.</summary>
    readonly record struct SignedFields(ReadOnlyMemory<byte> Algorithm, ReadOnlyMemory<byte> Key)
    {
        public static SignedFields Of(ReadOnlyMemory<byte> signed)
        {
            var fields = new AsnReader(signed, AsnEncodingRules.DER).ReadSequence();
            if (fields.PeekTag().TagClass == TagClass.ContextSpecific)
            {
                fields.ReadEncodedValue(); // version; X.509 version 1, which one country still uses, has none
            }
            fields.ReadEncodedValue(); // serial number
            var algorithm = fields.ReadEncodedValue();
            fields.ReadEncodedValue(); // issuer
            fields.ReadEncodedValue(); // validity
            fields.ReadEncodedValue(); // subject
            return new SignedFields(algorithm, fields.ReadEncodedValue());
        }
    }
}
