using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.Cms;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Operators;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Operators.Utilities;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.X509;
using Attribute = Org.BouncyCastle.Asn1.Cms.Attribute;
using BcName = Org.BouncyCastle.Asn1.X509.X509Name;
using PkcsObjectIdentifiers = Org.BouncyCastle.Asn1.Pkcs.PkcsObjectIdentifiers;
using RsassaPssParameters = Org.BouncyCastle.Asn1.Pkcs.RsassaPssParameters;

namespace Issuer.Tests.Pki;

/// <summary>Somebody abroad who signs in ways that the platform does not write.</summary>
sealed class ForeignSigner
{
    static readonly SecureRandom Random = new();
    static readonly Dictionary<int, AsymmetricCipherKeyPair> RsaKeys = [];

    readonly AsymmetricCipherKeyPair pair;
    readonly ISignatureFactory signature;

    ForeignSigner(AsymmetricCipherKeyPair pair, ISignatureFactory signature)
    {
        this.pair = pair;
        this.signature = signature;
        Certificate = Issue("CSCA", pair.Public, "CSCA");
    }

    /// <summary>The signer's own, signed by itself.</summary>
    public X509Certificate Certificate { get; }

    /// <param name="curve">By name.</param>
    /// <param name="isExplicit">The key spells the curve out instead.</param>
    public static ForeignSigner Ec(string curve, string algorithm = "SHA256WITHECDSA", bool isExplicit = false)
    {
        var oid = ECNamedCurveTable.GetOid(curve);
        var known = ECNamedCurveTable.GetByOid(oid);
        return OfDomain(
            isExplicit ? new ECDomainParameters(known.Curve, known.G, known.N, known.H)
                : new ECNamedDomainParameters(oid, known),
            algorithm);
    }

    /// <summary>
    /// Somebody else's public key with a base point under which its private key is 1: whoever takes spelled-out
    /// parameters as they come believes it.
    /// </summary>
    public static ForeignSigner Forging(ForeignSigner other)
    {
        var real = (ECPublicKeyParameters)other.pair.Public;
        var domain = new ECDomainParameters(real.Parameters.Curve, real.Q, real.Parameters.N, real.Parameters.H);
        var key = new ECPrivateKeyParameters(BigInteger.One, domain);
        return new ForeignSigner(
            new AsymmetricCipherKeyPair(new ECPublicKeyParameters(real.Q, domain), key),
            new Asn1SignatureFactory("SHA256WITHECDSA", key));
    }

    public static ForeignSigner Rsa(int bits, string algorithm = "SHA256WITHRSA")
    {
        var pair = RsaOf(bits);
        return new ForeignSigner(pair, new Asn1SignatureFactory(algorithm, pair.Private, Random));
    }

    public static ForeignSigner Pss(int salt, string hash = "SHA-256", int bits = 2048)
    {
        var pair = RsaOf(bits);
        return new ForeignSigner(pair, new PssFactory(pair.Private, hash, salt));
    }

    /// <summary>A DSC under this signer.</summary>
    public byte[] Dsc() => Issue("DSC", RsaOf(2048).Public, "CSCA").GetEncoded();

    /// <summary>
    /// Put together by hand: the library's own generator writes the usual salt whatever the signer's was.
    /// </summary>
    /// <param name="isDetached">The content is left out.</param>
    public byte[] Cms(byte[] content, bool isDetached)
    {
        var algorithm = (AlgorithmIdentifier)signature.AlgorithmDetails;
        var digest = DefaultDigestAlgorithmFinder.Instance.Find(algorithm);
        var attributes = new DerSet(
            new Attribute(CmsAttributes.ContentType, new DerSet(CmsObjectIdentifiers.Data)),
            new Attribute(CmsAttributes.MessageDigest, new DerSet(
                new DerOctetString(DigestUtilities.CalculateDigest(digest.Algorithm, content)))));
        var calculator = signature.CreateCalculator();
        using (var stream = calculator.Stream)
        {
            stream.Write(attributes.GetEncoded(Asn1Encodable.Der));
        }
        var info = new SignerInfo(
            new SignerIdentifier(new IssuerAndSerialNumber(Certificate.IssuerDN, Certificate.SerialNumber)), digest,
            attributes, algorithm, new DerOctetString(calculator.GetResult().Collect()), null);
        var inside = new ContentInfo(CmsObjectIdentifiers.Data, isDetached ? null : new BerOctetString(content));
        var data = new SignedData(
            new DerSet(digest), inside, new DerSet(Certificate.CertificateStructure), null, new DerSet(info));
        return new ContentInfo(CmsObjectIdentifiers.SignedData, data).GetEncoded();
    }

    static ForeignSigner OfDomain(ECDomainParameters domain, string algorithm)
    {
        var generator = new ECKeyPairGenerator();
        generator.Init(new ECKeyGenerationParameters(domain, Random));
        var pair = generator.GenerateKeyPair();
        return new ForeignSigner(pair, new Asn1SignatureFactory(algorithm, pair.Private, Random));
    }

    static AsymmetricCipherKeyPair RsaOf(int bits)
    {
        lock (RsaKeys)
        {
            if (!RsaKeys.TryGetValue(bits, out var pair))
            {
                using var rsa = System.Security.Cryptography.RSA.Create(bits);
                RsaKeys.Add(bits, pair = DotNetUtilities.GetRsaKeyPair(rsa));
            }
            return pair;
        }
    }

    X509Certificate Issue(string subject, AsymmetricKeyParameter key, string issuer)
    {
        var generator = new X509V3CertificateGenerator();
        generator.SetSerialNumber(BigInteger.ValueOf(7));
        generator.SetIssuerDN(new BcName($"C=XX,CN={issuer}"));
        generator.SetSubjectDN(new BcName($"C=XX,CN={subject}"));
        generator.SetNotBefore(Ceremony.Now.AddYears(-1).UtcDateTime);
        generator.SetNotAfter(Ceremony.Now.AddYears(1).UtcDateTime);
        generator.SetPublicKey(key);
        return generator.Generate(signature);
    }

    /// <summary>RSASSA-PSS with a salt of any length.</summary>
    sealed class PssFactory(AsymmetricKeyParameter key, string hash, int salt) : ISignatureFactory
    {
        public object AlgorithmDetails
        {
            get
            {
                var digest = new AlgorithmIdentifier(DigestUtilities.GetObjectIdentifier(hash));
                return new AlgorithmIdentifier(PkcsObjectIdentifiers.IdRsassaPss, new RsassaPssParameters(
                    digest, new AlgorithmIdentifier(PkcsObjectIdentifiers.IdMgf1, digest), DerInteger.ValueOf(salt),
                    RsassaPssParameters.DefaultTrailerField));
            }
        }

        public IStreamCalculator<IBlockResult> CreateCalculator()
        {
            var signer = new PssSigner(
                new RsaBlindedEngine(), DigestUtilities.GetDigest(hash), DigestUtilities.GetDigest(hash), salt);
            signer.Init(forSigning: true, new ParametersWithRandom(key, Random));
            return new DefaultSignatureCalculator(signer);
        }
    }
}
