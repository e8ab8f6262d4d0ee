using Issuer.Hcert;

namespace Issuer.Tests.Hcert;

public sealed class CoseSign1Tests : IDisposable
{
    readonly HcertSample sample = new();

    public void Dispose() => sample.Dispose();

    [Theory]
    [InlineData(CoseAlgorithm.ES256, "A2012604480102030405060708")]
    [InlineData(CoseAlgorithm.PS256, "A201382404480102030405060708")]
    public void What_is_signed_is_the_structure_of_the_standard(CoseAlgorithm algorithm, string header)
    {
        var toBeSigned = CoseSign1.ToBeSigned(algorithm, new Kid([1, 2, 3, 4, 5, 6, 7, 8]), [0xA0]);
        var expected = $"846A5369676E617475726531{0x40 + (header.Length / 2):X2}{header}4041A0";
        Assert.Equal(expected, Convert.ToHexString(toBeSigned));
    }

    [Fact]
    public void The_certificate_is_tagged_and_holds_the_signed_bytes_as_they_were()
    {
        var toBeSigned = CoseSign1.ToBeSigned(CoseAlgorithm.ES256, sample.Dsc.Kid, [0xA0]);
        var cose = CoseSign1.Assemble(toBeSigned, [9, 9]);
        Assert.Equal("D2844DA2012604", Convert.ToHexString(cose)[..14]);
        Assert.EndsWith("A041A0420909", Convert.ToHexString(cose), StringComparison.Ordinal);
        Assert.True(CoseSign1Message.TryRead(cose, out var message, out _));
        Assert.Equal(toBeSigned, message.ToBeSigned);
    }

    [Theory]
    [InlineData("")]
    [InlineData("846A5369676E617475726531")]
    [InlineData("846A5369676E61747572653141A04041")]
    [InlineData("846A5369676E61747572653141A04041A000")]
    [InlineData("846A5369676E61747572653141A04101A0")]
    [InlineData("846A5369676E61747572653158")]
    [InlineData("846A5369676E61747572653159")]
    [InlineData("846A5369676E6174757265315901")]
    [InlineData("846A5369676E61747572653141A04058")]
    public void Nothing_but_a_whole_structure_is_assembled(string hex) =>
        Assert.Throws<ArgumentException>(() => CoseSign1.Assemble(Convert.FromHexString(hex), [1]));

    [Theory]
    [InlineData(0, 64)]
    [InlineData(1, 256)]
    [InlineData(23, 64)]
    [InlineData(24, 64)]
    [InlineData(255, 64)]
    [InlineData(256, 64)]
    [InlineData(65535, 64)]
    public void A_payload_of_any_length_comes_back_with_a_signature_of_any_length(int payload, int signature)
    {
        var toBeSigned = CoseSign1.ToBeSigned(CoseAlgorithm.ES256, sample.Dsc.Kid, new byte[payload]);
        Assert.True(CoseSign1Message.TryRead(
            CoseSign1.Assemble(toBeSigned, new byte[signature]), out var message, out _));
        Assert.Equal((payload, signature), (message.Payload.Length, message.Signature.Length));
        Assert.Equal(toBeSigned, message.ToBeSigned);
    }

    [Fact]
    public void A_payload_longer_than_any_certificate_is_not_assembled() => Assert.Throws<ArgumentException>(
        () => CoseSign1.Assemble(CoseSign1.ToBeSigned(CoseAlgorithm.ES256, sample.Dsc.Kid, new byte[65536]), []));

    [Fact]
    public void An_empty_protected_header_is_one_without_anything_in_it()
    {
        Assert.True(CoseSign1Message.TryRead(Convert.FromHexString("8440A04040"), out var message, out _));
        Assert.Empty(message.Protected.Pairs);
        Assert.Null(message.Algorithm);
        Assert.Null(message.Kid);
    }

    [Theory]
    [InlineData("8441FFA04040", "not well-formed CBOR")]
    [InlineData("844180A04040", "the protected header is not a map")]
    [InlineData("8443A10200A04040", "a critical header is not understood")]
    [InlineData("80", "not a COSE_Sign1 of four parts")]
    [InlineData("8440A0404000", "1 bytes follow the CBOR item")]
    public void What_is_wrong_with_an_envelope_is_told(string hex, string why)
    {
        Assert.False(CoseSign1Message.TryRead(Convert.FromHexString(hex), out _, out var fault));
        Assert.Equal(why, fault);
    }

    [Theory]
    [InlineData]
    [InlineData(18UL)]
    [InlineData(61UL, 18UL)]
    [InlineData(61UL)]
    public void Tags_of_the_standards_may_stand_or_be_missing(params ulong[] tags)
    {
        var cose = ForeignCode.Cose(sample, ForeignCode.Header(kid: sample.Dsc.Kid), tags: tags);
        Assert.Equal(Verdict.Valid, sample.Verify(Hc1.Encode(cose)).Verdict);
    }

    [Theory]
    [InlineData(17UL)]
    [InlineData(18UL, 18UL)]
    [InlineData(18UL, 61UL)]
    public void Other_tags_are_refused(params ulong[] tags) => Assert.False(CoseSign1Message.TryRead(
        ForeignCode.Cose(sample, ForeignCode.Header(kid: sample.Dsc.Kid), tags: tags), out _, out _));

    [Fact]
    public void A_kid_in_the_unprotected_header_is_found()
    {
        var cose = ForeignCode.Cose(
            sample, ForeignCode.Header(), unprotected: cbor => ForeignCode.WriteHeaders(cbor, null, sample.Dsc.Kid));
        Assert.Equal(Verdict.Valid, sample.Verify(Hc1.Encode(cose)).Verdict);
    }

    [Fact]
    public void The_protected_kid_wins()
    {
        var other = new Kid(new byte[8]);
        var good = ForeignCode.Cose(
            sample,
            ForeignCode.Header(kid: sample.Dsc.Kid),
            unprotected: cbor => ForeignCode.WriteHeaders(cbor, null, other));
        var bad = ForeignCode.Cose(
            sample,
            ForeignCode.Header(kid: other),
            unprotected: cbor => ForeignCode.WriteHeaders(cbor, null, sample.Dsc.Kid));
        Assert.Equal(Verdict.Valid, sample.Verify(Hc1.Encode(good)).Verdict);
        Assert.Equal(Verdict.UnknownIssuer, sample.Verify(Hc1.Encode(bad)).Verdict);
    }

    [Fact]
    public void An_algorithm_in_the_unprotected_header_does_not_count()
    {
        var cose = ForeignCode.Cose(
            sample,
            ForeignCode.Header(algorithm: null, kid: sample.Dsc.Kid),
            unprotected: cbor => ForeignCode.WriteHeaders(cbor, (long)CoseAlgorithm.ES256, null));
        Assert.Equal(Verdict.Malformed, sample.Verify(Hc1.Encode(cose)).Verdict);
    }

    [Theory]
    [InlineData(-257)]
    [InlineData(-35)]
    [InlineData(0)]
    [InlineData(5)]
    public void Other_algorithms_are_refused(long algorithm)
    {
        var cose = ForeignCode.Cose(sample, ForeignCode.Header(algorithm, sample.Dsc.Kid));
        Assert.Equal(Verdict.Malformed, sample.Verify(Hc1.Encode(cose)).Verdict);
    }

    [Fact]
    public void An_algorithm_that_is_not_the_keys_is_a_bad_signature()
    {
        var cose = ForeignCode.Cose(sample, ForeignCode.Header((long)CoseAlgorithm.PS256, sample.Dsc.Kid));
        Assert.Equal(Verdict.BadSignature, sample.Verify(Hc1.Encode(cose)).Verdict);
    }

    [Fact]
    public void A_critical_header_is_refused()
    {
        var header = ForeignCode.Cbor(cbor =>
        {
            cbor.WriteStartMap(null);
            ForeignCode.WriteHeaders(cbor, (long)CoseAlgorithm.ES256, sample.Dsc.Kid);
            cbor.WriteInt32(2);
            cbor.WriteStartArray(1);
            cbor.WriteTextString("exploit");
            cbor.WriteEndArray();
            cbor.WriteEndMap();
        });
        Assert.Equal(Verdict.Malformed, sample.Verify(Hc1.Encode(ForeignCode.Cose(sample, header))).Verdict);
    }

    [Theory]
    [InlineData("80")]
    [InlineData("8340A040")]
    [InlineData("8540A0404040")]
    [InlineData("8440A0F640")]
    [InlineData("844080A0404040")]
    [InlineData("84A0A04040")]
    [InlineData("8441FFA04040")]
    [InlineData("844180A04040")]
    [InlineData("8440A040")]
    [InlineData("D28440A0404000")]
    [InlineData("F6")]
    [InlineData("")]
    public void What_is_no_COSE_Sign1_is_refused(string hex) =>
        Assert.False(CoseSign1Message.TryRead(Convert.FromHexString(hex), out _, out _));
}
