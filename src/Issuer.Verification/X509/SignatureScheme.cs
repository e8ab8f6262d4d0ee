using System.Formats.Asn1;

namespace Issuer.Verification.X509;

/// <summary>How PSS was used (RFC 8017, A.2.3).</summary>
readonly record struct PssUse(string MaskHash, int SaltLength);

/// <summary>
/// A signature algorithm of X.509 and CMS (RFC 4055; RFC 5758), as long as it is one that is believed: RSA or ECDSA
/// with SHA-2. MD5 and SHA-1 are none.
/// </summary>
/// <param name="Pss">Null: PKCS #1 v1.5, or ECDSA.</param>
sealed record SignatureScheme(string Hash, bool IsEcdsa, PssUse? Pss)
{
    public const string Sha256 = "SHA-256";

    const string PssOid = "1.2.840.113549.1.1.10";
    const string Mgf1Oid = "1.2.840.113549.1.1.8";

    // The longest hash; longer salts add nothing, and PSS limits them by the key.
    const int LongestSalt = 64;

    static readonly Asn1Tag[] Tags = [.. Enumerable.Range(0, 4).Select(n => new Asn1Tag(TagClass.ContextSpecific, n))];

    /// <summary>Null when it is none that is believed.</summary>
    /// <exception cref="AsnContentException">Not an AlgorithmIdentifier.</exception>
    public static SignatureScheme? Read(ReadOnlyMemory<byte> algorithmIdentifier)
    {
        var fields = new AsnReader(algorithmIdentifier, AsnEncodingRules.DER).ReadSequence();
        var oid = fields.ReadObjectIdentifier();
        if (oid == PssOid)
        {
            return fields.HasData ? ReadPss(fields.ReadSequence()) : null;
        }
        // RSA writes NULL here, ECDSA nothing.
        if (fields.HasData)
        {
            fields.ReadNull();
        }
        return oid switch
        {
            "1.2.840.113549.1.1.11" => Pkcs1(Sha256),
            "1.2.840.113549.1.1.12" => Pkcs1("SHA-384"),
            "1.2.840.113549.1.1.13" => Pkcs1("SHA-512"),
            "1.2.840.10045.4.3.2" => new(Sha256, IsEcdsa: true, null),
            "1.2.840.10045.4.3.3" => new("SHA-384", IsEcdsa: true, null),
            "1.2.840.10045.4.3.4" => new("SHA-512", IsEcdsa: true, null),
            _ => null,
        };
    }

    public static SignatureScheme Pkcs1(string hash) => new(hash, IsEcdsa: false, null);

    /// <summary>What is left out is SHA-1 by the standard, which is not believed.</summary>
    static SignatureScheme? ReadPss(AsnReader fields)
    {
        var hash = Tagged(fields, 0) is { } named ? HashOf(named.ReadSequence()) : null;
        var mask = Tagged(fields, 1) is { } function ? MaskHashOf(function.ReadSequence()) : null;
        var salt = 20;
        var isWhole = Tagged(fields, 2) is not { } length || length.TryReadInt32(out salt);
        var trailer = 1;
        isWhole &= Tagged(fields, 3) is not { } field || field.TryReadInt32(out trailer);
        return hash is null || mask is null || !isWhole || salt is < 0 or > LongestSalt || trailer != 1
            || fields.HasData
                ? null
                : new SignatureScheme(hash, IsEcdsa: false, new PssUse(mask, salt));
    }

    static AsnReader? Tagged(AsnReader fields, int number) =>
        fields.HasData && fields.PeekTag().HasSameClassAndValue(Tags[number])
            ? fields.ReadSequence(Tags[number]) : null;

    static string? MaskHashOf(AsnReader function) =>
        function.ReadObjectIdentifier() == Mgf1Oid && function.HasData ? HashOf(function.ReadSequence()) : null;

    static string? HashOf(AsnReader algorithm) => algorithm.ReadObjectIdentifier() switch
    {
        "2.16.840.1.101.3.4.2.1" => Sha256,
        "2.16.840.1.101.3.4.2.2" => "SHA-384",
        "2.16.840.1.101.3.4.2.3" => "SHA-512",
        _ => null,
    };
}
