using System.Numerics;
using System.Security.Cryptography;
using Issuer.Hcert;

namespace Issuer.Tests.Hcert;

public sealed class HcertVerifierTests : IDisposable
{
    // n of P-256 (FIPS 186-5, SP 800-186).
    static readonly BigInteger Order = BigInteger.Parse(
        "0FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551",
        System.Globalization.NumberStyles.HexNumber,
        System.Globalization.CultureInfo.InvariantCulture);

    readonly HcertSample sample = new();

    public void Dispose() => sample.Dispose();

    [Fact]
    public void It_is_valid_from_the_second_of_iat_to_the_second_before_exp()
    {
        var code = sample.Hc1();
        Assert.Equal(Verdict.NotYetValid, sample.Verify(code, HcertSample.IssuedAt.AddSeconds(-1)).Verdict);
        Assert.Equal(Verdict.Valid, sample.Verify(code, HcertSample.IssuedAt).Verdict);
        Assert.Equal(Verdict.Valid, sample.Verify(code, HcertSample.ExpiresAt.AddSeconds(-1)).Verdict);
        Assert.Equal(Verdict.Expired, sample.Verify(code, HcertSample.ExpiresAt).Verdict);
    }

    [Fact]
    public void Without_a_kid_no_trust_list_is_asked_and_a_single_DSC_is_tried()
    {
        var code = Hc1.Encode(ForeignCode.Cose(sample, ForeignCode.Header()));

        Assert.Equal(
            Verdict.UnknownIssuer, HcertVerifier.Verify(code, _ => [sample.Dsc], HcertSample.IssuedAt).Verdict);
        Assert.Equal(Verdict.Valid, HcertVerifier.Verify(code, sample.Dsc, HcertSample.IssuedAt).Verdict);
    }

    [Fact]
    public void A_verdict_says_when_or_why()
    {
        var code = sample.Hc1();

        Assert.Equal("until 2023-04-15T17:00:00Z", sample.Verify(code, HcertSample.IssuedAt).Detail);
        Assert.Equal("expired at 2023-04-15T17:00:00Z", sample.Verify(code, HcertSample.ExpiresAt).Detail);
        Assert.Equal(
            "issued at 2022-04-15T03:00:00Z", sample.Verify(code, HcertSample.IssuedAt.AddSeconds(-1)).Detail);
        Assert.Equal("Prefix: does not begin with HC1:", sample.Verify("HC2:").Detail);
        Assert.Equal(
            "Prefix: does not begin with HC1:", HcertVerifier.Verify("", sample.Dsc, HcertSample.IssuedAt).Detail);
    }

    [Fact]
    public void The_zone_of_the_clock_does_not_matter()
    {
        var hanoi = HcertSample.ExpiresAt.AddSeconds(-1).ToOffset(TimeSpan.FromHours(7));
        Assert.Equal(Verdict.Valid, sample.Verify(sample.Hc1(), hanoi).Verdict);
        Assert.Equal(Verdict.Expired, sample.Verify(sample.Hc1(), hanoi.AddSeconds(1)).Verdict);
    }

    [Fact]
    public void A_DSC_outside_its_own_validity_vouches_for_nothing()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var (from, to) = (HcertSample.IssuedAt.AddDays(10), HcertSample.IssuedAt.AddDays(20));
        var dsc = HcertSample.DscFor(key, from: from, to: to);
        var toBeSigned = CoseSign1.ToBeSigned(CoseAlgorithm.ES256, dsc.Kid, CwtWriter.Write(HcertSample.Cwt));
        var code = Hc1.Encode(CoseSign1.Assemble(toBeSigned, key.SignData(toBeSigned, HashAlgorithmName.SHA256)));
        Assert.Equal(Verdict.NotYetValid, HcertVerifier.Verify(code, dsc, from.AddSeconds(-1)).Verdict);
        Assert.Equal(Verdict.Valid, HcertVerifier.Verify(code, dsc, from).Verdict);
        Assert.Equal(Verdict.Valid, HcertVerifier.Verify(code, dsc, to).Verdict);
        Assert.Equal(Verdict.Expired, HcertVerifier.Verify(code, dsc, to.AddSeconds(1)).Verdict);
    }

    /// <summary>Everything is wrong at once; what is named is the first that is not mended, one by one.</summary>
    [Fact]
    public void Verdicts_take_precedence_in_their_order()
    {
        using var testsOnly = new HcertSample(CoseAlgorithm.ES256, "1.3.6.1.4.1.1847.2021.1.1");
        using var all = new HcertSample();
        var late = HcertSample.ExpiresAt.AddYears(5);
        Dsc[] none = [];
        var forged = Hc1.Encode(ForeignCode.Cose(
            testsOnly, ForeignCode.Header(kid: testsOnly.Dsc.Kid), signature: _ => new byte[64]));
        Verdict Judge(string code, Dsc[] trusted, bool revoked, DateTimeOffset at) =>
            HcertVerifier.Verify(code, _ => trusted, at, (_, _) => revoked).Verdict;

        Assert.Equal(Verdict.Malformed, Judge("HC1:", none, true, late));
        Assert.Equal(Verdict.UnknownIssuer, Judge(forged, none, true, late));
        Assert.Equal(Verdict.BadSignature, Judge(forged, [testsOnly.Dsc], true, late));
        Assert.Equal(Verdict.WrongKeyUsage, Judge(testsOnly.Hc1(), [testsOnly.Dsc], true, late));
        Assert.Equal(Verdict.Revoked, Judge(all.Hc1(), [all.Dsc], true, late));
        Assert.Equal(Verdict.Expired, Judge(all.Hc1(), [all.Dsc], false, late));
        Assert.Equal(Verdict.NotYetValid, Judge(all.Hc1(), [all.Dsc], false, DateTimeOffset.UnixEpoch));
        Assert.Equal(Verdict.Valid, Judge(all.Hc1(), [all.Dsc], false, HcertSample.IssuedAt));
    }

    [Fact]
    public void Revocation_is_asked_only_about_what_the_signature_holds_for()
    {
        var forged = Hc1.Encode(ForeignCode.Cose(
            sample, ForeignCode.Header(kid: sample.Dsc.Kid), signature: _ => new byte[64]));
        var verification = HcertVerifier.Verify(
            forged, _ => [sample.Dsc], HcertSample.IssuedAt, (_, _) => throw new InvalidOperationException("asked"));
        Assert.Equal(Verdict.BadSignature, verification.Verdict);
    }

    [Fact]
    public void Every_DSC_with_the_kid_is_tried()
    {
        using var first = new HcertSample();
        using var rsa = new HcertSample(CoseAlgorithm.PS256);
        using var testsOnly = new HcertSample(CoseAlgorithm.ES256, "1.3.6.1.4.1.1847.2021.1.1");
        Dsc[] colliding = [first.Dsc, rsa.Dsc, testsOnly.Dsc, sample.Dsc];
        Assert.Equal(
            Verdict.Valid, HcertVerifier.Verify(sample.Hc1(), _ => colliding, HcertSample.IssuedAt).Verdict);
        Assert.Equal(
            Verdict.BadSignature,
            HcertVerifier.Verify(sample.Hc1(), _ => colliding[..3], HcertSample.IssuedAt).Verdict);
    }

    [Fact]
    public void A_single_DSC_is_tried_without_a_kid_and_refused_with_another()
    {
        using var other = new HcertSample();
        var nameless = Hc1.Encode(ForeignCode.Cose(sample, ForeignCode.Header()));
        Assert.Equal(Verdict.Valid, HcertVerifier.Verify(nameless, sample.Dsc, HcertSample.IssuedAt).Verdict);
        Assert.Equal(Verdict.UnknownIssuer, sample.Verify(nameless).Verdict);
        Assert.Equal(
            Verdict.UnknownIssuer, HcertVerifier.Verify(sample.Hc1(), other.Dsc, HcertSample.IssuedAt).Verdict);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(63)]
    [InlineData(65)]
    [InlineData(70)]
    public void An_ES256_signature_of_another_length_is_malformed(int length)
    {
        var cose = ForeignCode.Cose(
            sample, ForeignCode.Header(kid: sample.Dsc.Kid), signature: _ => new byte[length]);
        Assert.Equal(Verdict.Malformed, sample.Verify(Hc1.Encode(cose)).Verdict);
    }

    [Theory]
    [InlineData("00", "00")]
    [InlineData("01", "00")]
    [InlineData("00", "01")]
    [InlineData("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551", "01")]
    public void A_signature_with_r_or_s_out_of_range_is_bad(string r, string s)
    {
        var signature = Convert.FromHexString(r.PadLeft(64, '0') + s.PadLeft(64, '0'));
        var cose = ForeignCode.Cose(sample, ForeignCode.Header(kid: sample.Dsc.Kid), signature: _ => signature);
        Assert.Equal(Verdict.BadSignature, sample.Verify(Hc1.Encode(cose)).Verdict);
    }

    [Fact]
    public void A_signature_with_s_flipped_verifies_and_has_the_same_revocation_hash()
    {
        var header = ForeignCode.Header(kid: sample.Dsc.Kid);
        byte[] original = [], flipped = [];
        var cose = ForeignCode.Cose(sample, header, signature: signature =>
        {
            original = signature;
            var s = Order - new BigInteger(signature.AsSpan(32), isUnsigned: true, isBigEndian: true);
            flipped = new byte[64];
            signature.AsSpan(0, 32).CopyTo(flipped);
            var bytes = s.ToByteArray(isUnsigned: true, isBigEndian: true);
            bytes.CopyTo(flipped.AsSpan(64 - bytes.Length));
            return flipped;
        });
        Assert.NotEqual(original, flipped);
        Assert.Equal(Verdict.Valid, sample.Verify(Hc1.Encode(cose)).Verdict);
        Assert.Equal(
            RevocationHash.OfSignature(CoseAlgorithm.ES256, original),
            RevocationHash.OfSignature(CoseAlgorithm.ES256, flipped));
    }

    [Theory]
    [InlineData(CoseAlgorithm.ES256)]
    [InlineData(CoseAlgorithm.PS256)]
    public void No_single_changed_bit_leaves_an_issued_certificate_valid(CoseAlgorithm algorithm)
    {
        using var country = new HcertSample(algorithm);
        var cose = country.Cose();
        for (var i = 0; i < cose.Length; i++)
        {
            for (var bit = 1; bit < 256; bit <<= 1)
            {
                var changed = cose.ToArray();
                changed[i] ^= (byte)bit;
                Assert.NotEqual(Verdict.Valid, country.Verify(Hc1.Encode(changed)).Verdict);
            }
        }
    }

    [Fact]
    public void A_thousand_verifications_on_all_cores_agree()
    {
        var code = sample.Hc1();
        var verdicts = ParallelEnumerable.Range(0, 1000).Select(_ => sample.Verify(code).Verdict);
        Assert.All(verdicts, verdict => Assert.Equal(Verdict.Valid, verdict));
    }

    [Fact]
    public void Wire_names_are_those_of_the_contract() => Assert.Equal(
        "malformed unknown-issuer bad-signature wrong-key-usage revoked not-yet-valid expired valid",
        string.Join(' ', Enum.GetValues<Verdict>().Select(verdict => verdict.ToWire())));
}
