using System.Collections.Concurrent;
using System.Formats.Asn1;
using System.Security.Cryptography;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Security;

namespace Issuer.Verification.X509;

/// <summary>
/// The public key of a foreign certificate (SubjectPublicKeyInfo: RFC 5280, 4.1.2.7; RFC 5480; RFC 8017), with rules
/// that the library does not have: RSA from 2048 bits on, curves known by name, SHA-2 only. BouncyCastle does the
/// arithmetic, as it takes PSS with a salt of any length; it never sees parameters of a curve that somebody made up.
/// </summary>
sealed class ForeignKey
{
    const string RsaOid = "1.2.840.113549.1.1.1";
    const string EcOid = "1.2.840.10045.2.1";
    const int LeastModulus = 2048;

    // What a verification costs grows with the cube of the one and in step with the other.
    const int GreatestModulus = 8192;
    const int GreatestExponent = 64;

    const int MostKept = 1024;

    /// <summary>
    /// By the digest of the key: BouncyCastle looks for factors whenever it is given a modulus, which takes a hundred
    /// times as long as a verification. Only keys of those whom somebody vouched for come here, and few of them.
    /// </summary>
    static readonly ConcurrentDictionary<string, ForeignKey?> RsaKeys = new();

    ForeignKey(AsymmetricKeyParameter parameter) => Parameter = parameter;

    public AsymmetricKeyParameter Parameter { get; }

    /// <summary>Null when it is no key by our rules.</summary>
    /// <exception cref="AsnContentException">Not a SubjectPublicKeyInfo.</exception>
    public static ForeignKey? Read(ReadOnlyMemory<byte> subjectPublicKeyInfo)
    {
        var info = new AsnReader(subjectPublicKeyInfo, AsnEncodingRules.DER).ReadSequence();
        var algorithm = info.ReadSequence();
        var oid = algorithm.ReadObjectIdentifier();
        var parameters = algorithm.HasData ? algorithm.ReadEncodedValue() : default;
        var key = info.ReadBitString(out var unusedBits);
        return unusedBits != 0 || info.HasData || algorithm.HasData ? null : oid switch
        {
            RsaOid => KeptRsa(key),
            EcOid => KnownCurve.Of(parameters) is { } curve ? OfEc(curve, key) : null,
            _ => null,
        };
    }

    /// <summary>Whether the scheme fits the key and the signature is of exactly these bytes.</summary>
    public bool Verifies(SignatureScheme scheme, ReadOnlySpan<byte> signed, byte[] signature)
    {
        if (scheme.IsEcdsa != Parameter is ECPublicKeyParameters)
        {
            return false;
        }
        ISigner signer = scheme switch
        {
            { IsEcdsa: true } => new DsaDigestSigner(new ECDsaSigner(), Digest(scheme.Hash)),
            { Pss: { } pss } => new PssSigner(
                new RsaEngine(), Digest(scheme.Hash), Digest(pss.MaskHash), pss.SaltLength),
            _ => new RsaDigestSigner(Digest(scheme.Hash)),
        };
        signer.Init(forSigning: false, Parameter);
        signer.BlockUpdate(signed);
        return signer.VerifySignature(signature);
    }

    static ForeignKey? KeptRsa(byte[] key)
    {
        if (RsaKeys.Count >= MostKept)
        {
            RsaKeys.Clear();
        }
        return RsaKeys.GetOrAdd(Convert.ToHexString(SHA256.HashData(key)), _ => OfRsa(key));
    }

    static ForeignKey? OfRsa(byte[] key)
    {
        var fields = new AsnReader(key, AsnEncodingRules.DER).ReadSequence();
        var modulus = new BigInteger(1, fields.ReadIntegerBytes().Span);
        var exponent = new BigInteger(1, fields.ReadIntegerBytes().Span);
        return !fields.HasData && modulus.BitLength is >= LeastModulus and <= GreatestModulus
            && exponent.BitLength is > 1 and <= GreatestExponent && exponent.TestBit(0)
                ? new ForeignKey(new RsaKeyParameters(isPrivate: false, modulus, exponent))
                : null;
    }

    static ForeignKey OfEc(X9ECParameters curve, byte[] point) => new(new ECPublicKeyParameters(
        curve.Curve.DecodePoint(point), new ECDomainParameters(curve)));

    static IDigest Digest(string hash) => DigestUtilities.GetDigest(hash);
}
