using Issuer.Hcert;

namespace Issuer.Tests.Hcert;

public sealed class HcertSelfCheckTests
{
    [Theory]
    [InlineData(CoseAlgorithm.ES256)]
    [InlineData(CoseAlgorithm.PS256)]
    public void What_this_library_writes_passes_its_own_check(CoseAlgorithm algorithm)
    {
        using var sample = new HcertSample(algorithm);
        Assert.Empty(HcertSelfCheck.Faults(sample.Hc1(), ToBeSigned(sample.Dsc), sample.Dsc));
    }

    [Fact]
    public void A_signature_of_another_key_is_caught()
    {
        using var sample = new HcertSample();
        using var other = new HcertSample();
        var toBeSigned = ToBeSigned(sample.Dsc);
        var code = Hc1.Encode(CoseSign1.Assemble(toBeSigned, other.Sign(toBeSigned)));
        Assert.Equal(["signature: does not verify"], HcertSelfCheck.Faults(code, toBeSigned, sample.Dsc));
    }

    [Fact]
    public void Other_bytes_than_those_stored_are_caught_although_the_signature_holds()
    {
        using var sample = new HcertSample();
        var other = CoseSign1.ToBeSigned(sample.Dsc.Algorithm, sample.Dsc.Kid,
            CwtWriter.Write(HcertSample.Cwt with { ExpiresAt = HcertSample.ExpiresAt.AddSeconds(1) }));
        var code = Hc1.Encode(CoseSign1.Assemble(other, sample.Sign(other)));
        Assert.Contains("content: not the bytes that were stored",
            HcertSelfCheck.Faults(code, ToBeSigned(sample.Dsc), sample.Dsc));
    }

    [Fact]
    public void A_code_that_cannot_be_read_is_caught()
    {
        using var sample = new HcertSample();
        Assert.Equal(
            ["Compression: not a zlib stream"], HcertSelfCheck.Faults("HC1:", ToBeSigned(sample.Dsc), sample.Dsc));
        Assert.Equal(
            ["Cose: not a COSE_Sign1 of four parts"],
            HcertSelfCheck.Faults(Hc1.Encode([0x80]), ToBeSigned(sample.Dsc), sample.Dsc));
    }

    [Theory]
    [InlineData(25, true)]
    [InlineData(26, false)]
    public void A_code_beyond_version_25_is_caught(int version, bool isPrinted)
    {
        using var sample = new HcertSample();
        var chance = new Random(1);
        var name = "";
        string code;
        byte[] toBeSigned;
        do
        {
            name += (char)chance.Next(0x4E00, 0x9FA5);
            toBeSigned = CoseSign1.ToBeSigned(sample.Dsc.Algorithm, sample.Dsc.Kid, CwtWriter.Write(
                HcertSample.Cwt with { Dcc = HcertSample.Dcc with { Name = new PersonName(name, null, "X", null) } }));
            code = Hc1.Encode(CoseSign1.Assemble(toBeSigned, sample.Sign(toBeSigned)));
        }
        while (QrCode.VersionFor(code.Length) < version);

        Assert.Equal(
            isPrinted ? [] : ["QR code: larger than version 25"],
            HcertSelfCheck.Faults(code, toBeSigned, sample.Dsc));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(16, 1)]
    [InlineData(17, 2)]
    [InlineData(300, 13)]
    [InlineData(541, 18)]
    [InlineData(825, 23)]
    [InlineData(1041, 25)]
    [InlineData(1042, 26)]
    [InlineData(2420, 40)]
    [InlineData(2421, null)]
    public void QR_versions_are_those_of_the_standard(int characters, int? version) =>
        Assert.Equal(version, QrCode.VersionFor(characters));

    static byte[] ToBeSigned(Dsc dsc) => CoseSign1.ToBeSigned(dsc.Algorithm, dsc.Kid, CwtWriter.Write(HcertSample.Cwt));
}
