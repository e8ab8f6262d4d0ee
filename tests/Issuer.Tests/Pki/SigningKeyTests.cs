using System.Security.Cryptography;
using Issuer.Core.Pki;
using Issuer.Hcert;

namespace Issuer.Tests.Pki;

public class SigningKeyTests
{
    static readonly byte[] Message = "to be signed"u8.ToArray();

    [Fact]
    public void ES256_gives_r_and_s_in_64_bytes()
    {
        using var key = SigningKey.Create(KeyKind.P256);
        var signature = key.Sign(Message);
        using var verifier = key.PublicKey.GetECDsaPublicKey()!;
        Assert.Equal(CoseAlgorithm.ES256, key.Algorithm);
        Assert.Equal(64, signature.Length);
        Assert.True(verifier.VerifyData(Message, signature, HashAlgorithmName.SHA256));
    }

    [Theory]
    [InlineData(KeyKind.Rsa2048, 256)]
    [InlineData(KeyKind.Rsa3072, 384)]
    public void PS256_is_as_long_as_the_modulus(KeyKind kind, int length)
    {
        using var key = SigningKey.Create(kind);
        var signature = key.Sign(Message);
        using var verifier = key.PublicKey.GetRSAPublicKey()!;
        Assert.Equal(CoseAlgorithm.PS256, key.Algorithm);
        Assert.Equal(length, signature.Length);
        Assert.True(verifier.VerifyData(Message, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pss));
    }

    [Theory]
    [InlineData(KeyKind.P256)]
    [InlineData(KeyKind.Rsa2048)]
    public void A_key_survives_PKCS8(KeyKind kind)
    {
        using var key = SigningKey.Create(kind);
        using var again = SigningKey.FromPkcs8(key.ToPkcs8());
        Assert.Equal(key.PublicKey.ExportSubjectPublicKeyInfo(), again.PublicKey.ExportSubjectPublicKeyInfo());
    }

    [Fact]
    public void Many_threads_sign_with_one_key()
    {
        using var key = SigningKey.Create(KeyKind.P256);
        using var verifier = key.PublicKey.GetECDsaPublicKey()!;
        var signatures = Enumerable.Range(0, 4000).AsParallel().WithDegreeOfParallelism(8)
            .Select(number => (Text: BitConverter.GetBytes(number), Signature: key.Sign(BitConverter.GetBytes(number))))
            .ToList();
        Assert.All(signatures, one =>
            Assert.True(verifier.VerifyData(one.Text, one.Signature, HashAlgorithmName.SHA256)));
    }

    [Fact]
    public void Other_curves_and_short_RSA_keys_are_not_taken()
    {
        using var p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var koblitz = ECDsa.Create(ECCurve.CreateFromValue("1.3.132.0.10"));
        using var rsa1024 = RSA.Create(1024);
        Assert.Throws<ArgumentException>(() => new SigningKey(p384));
        Assert.Throws<ArgumentException>(() => new SigningKey(koblitz));
        Assert.Throws<ArgumentException>(() => new SigningKey(rsa1024));
    }

    [Fact]
    public void Garbage_is_no_key() =>
        Assert.ThrowsAny<CryptographicException>(() => SigningKey.FromPkcs8([0x30, 0x03, 1, 2, 3]));
}
