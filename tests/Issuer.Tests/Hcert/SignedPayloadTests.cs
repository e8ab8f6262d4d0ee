using Issuer.Hcert;

namespace Issuer.Tests.Hcert;

/// <summary>Only the bytes that the signer's own program writes are opened.</summary>
public sealed class SignedPayloadTests : IDisposable
{
    static readonly byte[] Payload = [1, 2, 3];

    readonly HcertSample sample = new();
    readonly HcertSample other = new();

    public void Dispose()
    {
        sample.Dispose();
        other.Dispose();
    }

    [Fact]
    public void What_the_signer_signed_is_opened() =>
        Assert.Equal(Payload, SignedPayload.Open(sample.CosePayload(Payload), sample.Dsc));

    [Fact]
    public void What_is_anothers_or_nothing_is_not()
    {
        var cose = sample.CosePayload(Payload);

        Assert.Null(SignedPayload.Open(cose, other.Dsc));
        Assert.Null(SignedPayload.Open(cose.AsMemory(1), sample.Dsc));
        Assert.Null(SignedPayload.Open(ReadOnlyMemory<byte>.Empty, sample.Dsc));
        Assert.Null(SignedPayload.Open((byte[])[.. cose[..^1], (byte)(cose[^1] ^ 1)], sample.Dsc));
    }

    [Fact]
    public void A_kid_or_an_algorithm_that_is_not_the_signers_is_refused_though_the_signature_holds()
    {
        byte[] Signed(CoseAlgorithm algorithm, Kid kid)
        {
            var toBeSigned = CoseSign1.ToBeSigned(algorithm, kid, Payload);
            return CoseSign1.Assemble(toBeSigned, sample.Sign(toBeSigned));
        }

        Assert.NotNull(SignedPayload.Open(Signed(CoseAlgorithm.ES256, sample.Dsc.Kid), sample.Dsc));
        Assert.Null(SignedPayload.Open(Signed(CoseAlgorithm.ES256, other.Dsc.Kid), sample.Dsc));
        Assert.Null(SignedPayload.Open(Signed(CoseAlgorithm.PS256, sample.Dsc.Kid), sample.Dsc));
    }

    [Fact]
    public void The_same_said_in_other_bytes_is_refused()
    {
        var header = ForeignCode.Header(kid: sample.Dsc.Kid);

        // Lengths that are not given beforehand, an untagged message, and something beside the signature.
        Assert.Null(SignedPayload.Open(ForeignCode.Cose(sample, header, Payload), sample.Dsc));
        Assert.Null(SignedPayload.Open(sample.CosePayload(Payload).AsMemory(1), sample.Dsc));
        Assert.Null(SignedPayload.Open((byte[])[.. sample.CosePayload(Payload), 0], sample.Dsc));
    }
}
