using System.Security.Cryptography;
using System.Text;
using Issuer.Hcert;

namespace Issuer.Tests.Hcert;

public sealed class RevocationHashTests
{
    static readonly byte[] Signature = [.. Enumerable.Range(0, 64).Select(value => (byte)value)];

    [Fact]
    public void Of_ES256_it_covers_r_only() => Assert.Equal(
        SHA256.HashData(Signature.AsSpan(0, 32))[..16],
        RevocationHash.OfSignature(CoseAlgorithm.ES256, Signature).ToBytes());

    [Fact]
    public void Of_PS256_it_covers_everything() => Assert.Equal(
        SHA256.HashData(Signature)[..16],
        RevocationHash.OfSignature(CoseAlgorithm.PS256, Signature).ToBytes());

    [Fact]
    public void Of_a_UVCI_it_covers_the_text_with_or_without_the_country()
    {
        const string Uvci = "URN:UVCI:01:VN:X#Y";
        Assert.Equal(SHA256.HashData(Encoding.UTF8.GetBytes(Uvci))[..16], RevocationHash.OfUvci(Uvci).ToBytes());
        Assert.Equal(RevocationHash.OfUvci("VN" + Uvci), RevocationHash.OfCountryAndUvci("VN", Uvci));
    }

    [Fact]
    public void Bytes_and_text_come_back()
    {
        var hash = new RevocationHash(Signature.AsSpan(0, 16));
        Assert.Equal(Signature[..16], hash.ToBytes());
        Assert.Equal("000102030405060708090a0b0c0d0e0f", hash.ToString());
        Assert.Throws<ArgumentException>(() => new RevocationHash(Signature));
    }
}
