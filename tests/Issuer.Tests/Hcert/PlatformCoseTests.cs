using System.Formats.Cbor;
using System.Security.Cryptography;
using System.Security.Cryptography.Cose;
using Issuer.Hcert;
using PlatformSign1 = System.Security.Cryptography.Cose.CoseSign1Message;

namespace Issuer.Tests.Hcert;

/// <summary>The platform's COSE and CBOR as a second opinion on ours, and ours on theirs.</summary>
public sealed class PlatformCoseTests
{
    static readonly CoseHeaderLabel KidLabel = new(4);

    [Theory]
    [InlineData(CoseAlgorithm.ES256)]
    [InlineData(CoseAlgorithm.PS256)]
    public void What_we_sign_the_platform_decodes_and_verifies(CoseAlgorithm algorithm)
    {
        using var sample = new HcertSample(algorithm);
        var cose = sample.Cose();
        var message = CoseMessage.DecodeSign1(cose);

        Assert.Equal(CwtWriter.Write(HcertSample.Cwt), message.Content!.Value.ToArray());
        Assert.Equal((int)algorithm, message.ProtectedHeaders[CoseHeaderLabel.Algorithm].GetValueAsInt32());
        Assert.Equal(sample.Dsc.Kid.ToBytes(), message.ProtectedHeaders[KidLabel].GetValueAsBytes());
        Assert.Empty(message.UnprotectedHeaders);
        using var key = KeyOf(sample);
        Assert.True(message.VerifyEmbedded(key));

        cose[^1] ^= 1;
        Assert.False(CoseMessage.DecodeSign1(cose).VerifyEmbedded(key));
    }

    [Theory]
    [InlineData(CoseAlgorithm.ES256)]
    [InlineData(CoseAlgorithm.PS256)]
    public void What_the_platform_signs_we_decode_and_verify(CoseAlgorithm algorithm)
    {
        using var key = algorithm == CoseAlgorithm.ES256
            ? (AsymmetricAlgorithm)ECDsa.Create(ECCurve.NamedCurves.nistP256) : RSA.Create(2048);
        var dsc = HcertSample.DscFor(key);
        var headers = new CoseHeaderMap { [KidLabel] = CoseHeaderValue.FromBytes(dsc.Kid.ToBytes()) };
        var signer = key is RSA rsa
            ? new CoseSigner(rsa, RSASignaturePadding.Pss, HashAlgorithmName.SHA256, headers)
            : new CoseSigner(key, HashAlgorithmName.SHA256, headers);
        var hc1 = Hc1.Encode(PlatformSign1.SignEmbedded(CwtWriter.Write(HcertSample.Cwt), signer));

        Assert.Equal(Verdict.Valid, Verify(hc1, dsc));
        using var other = new HcertSample(algorithm);
        Assert.Equal(Verdict.BadSignature, Verify(hc1, other.Dsc, dsc.Kid));
    }

    [Theory]
    [InlineData(CoseAlgorithm.ES256)]
    [InlineData(CoseAlgorithm.PS256)]
    public void The_platforms_strict_CBOR_reader_finds_nothing_amiss_in_what_we_write(CoseAlgorithm algorithm)
    {
        using var sample = new HcertSample(algorithm);
        var message = CoseMessage.DecodeSign1(sample.Cose());
        foreach (var bytes in (ReadOnlyMemory<byte>[])[message.RawProtectedHeaders, message.Content!.Value])
        {
            var reader = new CborReader(bytes, CborConformanceMode.Strict);
            reader.SkipValue();
            Assert.Equal(0, reader.BytesRemaining);
        }
    }

    static Verdict Verify(string hc1, Dsc dsc, Kid? kid = null) => HcertVerifier.Verify(
        hc1, hcert => hcert.Kid == (kid ?? dsc.Kid) ? [dsc] : [], HcertSample.IssuedAt.AddDays(1)).Verdict;

    static AsymmetricAlgorithm KeyOf(HcertSample sample)
    {
        using var certificate = System.Security.Cryptography.X509Certificates.X509CertificateLoader.LoadCertificate(
            sample.Dsc.Der.Span);
        return (AsymmetricAlgorithm?)certificate.PublicKey.GetECDsaPublicKey()
            ?? certificate.PublicKey.GetRSAPublicKey()!;
    }
}
