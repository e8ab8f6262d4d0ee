using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Issuer.Verification.X509;

namespace Issuer.Tests.Pki;

/// <summary>
/// What other countries sign: certificates and CMS, by every scheme that is believed and some that are not.
/// </summary>
public sealed class ForeignSignatureTests
{
    static readonly byte[] Content = "a list"u8.ToArray();

    static readonly Dictionary<string, Func<ForeignSigner>> Believed = new()
    {
        ["P-256"] = () => ForeignSigner.Ec("P-256"),
        ["P-256, spelled out"] = () => ForeignSigner.Ec("P-256", isExplicit: true),
        ["brainpoolP256r1"] = () => ForeignSigner.Ec("brainpoolP256r1"),
        ["brainpoolP256r1, spelled out"] = () => ForeignSigner.Ec("brainpoolP256r1", isExplicit: true),
        ["brainpoolP384r1, spelled out"] = () => ForeignSigner.Ec("brainpoolP384r1", isExplicit: true),
        ["P-521"] = () => ForeignSigner.Ec("P-521"),
        ["RSA-2048"] = () => ForeignSigner.Rsa(2048),
        ["RSA-4096"] = () => ForeignSigner.Rsa(4096),
        ["PSS, salt 0"] = () => ForeignSigner.Pss(0),
        ["PSS, salt 20"] = () => ForeignSigner.Pss(20),
        ["PSS, salt 32"] = () => ForeignSigner.Pss(32),
        ["PSS, salt 48"] = () => ForeignSigner.Pss(48),
        ["PSS, salt 64"] = () => ForeignSigner.Pss(64),
    };

    /// <summary>Of certificates only: a CMS must be signed with SHA-256.</summary>
    static readonly Dictionary<string, Func<ForeignSigner>> BelievedOfCertificates = new()
    {
        ["P-384, SHA-384"] = () => ForeignSigner.Ec("P-384", "SHA384WITHECDSA"),
        ["RSA, SHA-512"] = () => ForeignSigner.Rsa(2048, "SHA512WITHRSA"),
        ["PSS, SHA-512, salt 20"] = () => ForeignSigner.Pss(20, "SHA-512"),
    };

    static readonly Dictionary<string, Func<ForeignSigner>> Refused = new()
    {
        ["RSA, MD5"] = () => ForeignSigner.Rsa(2048, "MD5WITHRSA"),
        ["RSA, SHA-1"] = () => ForeignSigner.Rsa(2048, "SHA1WITHRSA"),
        ["ECDSA, SHA-1"] = () => ForeignSigner.Ec("P-256", "SHA1WITHECDSA"),
        ["PSS, SHA-1"] = () => ForeignSigner.Pss(20, "SHA-1"),
        ["RSA-1024"] = () => ForeignSigner.Rsa(1024),
        ["RSA-1024, PSS"] = () => ForeignSigner.Pss(32, bits: 1024),
        ["P-192"] = () => ForeignSigner.Ec("P-192"),
        ["secp256k1"] = () => ForeignSigner.Ec("secp256k1"),
        ["secp256k1, spelled out"] = () => ForeignSigner.Ec("secp256k1", isExplicit: true),
        ["a binary curve, spelled out"] = () => ForeignSigner.Ec("sect233k1", isExplicit: true),
        ["PSS, salt 100"] = () => ForeignSigner.Pss(100),
    };

    public static TheoryData<string> BelievedNames => [.. Believed.Keys];

    public static TheoryData<string> BelievedCertificateNames => [.. Believed.Keys, .. BelievedOfCertificates.Keys];

    public static TheoryData<string> RefusedNames => [.. Refused.Keys];

    [Theory]
    [MemberData(nameof(BelievedCertificateNames))]
    public void A_certificate_holds_under_its_issuer_and_no_other_bytes_do(string how)
    {
        var signer = Believed.GetValueOrDefault(how, BelievedOfCertificates.GetValueOrDefault(how)!)();
        var der = signer.Dsc();
        Assert.True(Holds(der, signer));

        // The last byte of the signature, and a digit of the serial number.
        Assert.False(Holds([.. der[..^1], (byte)(der[^1] ^ 1)], signer));
        var serial = der.AsSpan().IndexOf((ReadOnlySpan<byte>)[2, 1, 7]);
        der[serial + 2] = 8;
        Assert.False(Holds(der, signer));
    }

    [Theory]
    [MemberData(nameof(RefusedNames))]
    public void A_certificate_signed_in_a_weak_or_unknown_way_does_not_hold(string how)
    {
        var signer = Refused[how]();
        Assert.False(Holds(signer.Dsc(), signer));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_base_point_that_somebody_made_up_forges_nothing(bool isExplicit)
    {
        var real = ForeignSigner.Ec("P-256", isExplicit: isExplicit);
        var forger = ForeignSigner.Forging(real);
        Assert.True(Holds(real.Dsc(), real));
        Assert.False(Holds(forger.Dsc(), real));
        Assert.False(Holds(forger.Dsc(), forger));
        Assert.False(DetachedHolds(forger.Cms(Content, isDetached: true), forger));
    }

    [Theory]
    [MemberData(nameof(BelievedNames))]
    public void A_CMS_gives_its_content_and_vouches_for_no_other(string how)
    {
        var signer = Believed[how]();
        var der = signer.Certificate.GetEncoded();
        Assert.Equal(Content, OpenCms.From(Base64(signer.Cms(Content, isDetached: false)), [der]));
        var detached = signer.Cms(Content, isDetached: true);
        Assert.True(DetachedHolds(detached, signer));
        using var certificate = X509CertificateLoader.LoadCertificate(der);
        Assert.False(DetachedCms.Verifies(detached, "a lisp"u8, certificate));
        Assert.Null(OpenCms.From(Base64(detached), [der]));
        Assert.Null(OpenCms.From(Base64(signer.Cms(Content, isDetached: false)), [Believed["P-521"]()
            .Certificate.GetEncoded()]));
    }

    [Theory]
    [MemberData(nameof(RefusedNames))]
    public void A_CMS_signed_in_a_weak_or_unknown_way_gives_nothing(string how)
    {
        var signer = Refused[how]();
        Assert.Null(OpenCms.From(Base64(signer.Cms(Content, isDetached: false)), [signer.Certificate.GetEncoded()]));
        Assert.False(DetachedHolds(signer.Cms(Content, isDetached: true), signer));
    }

    [Theory]
    [InlineData(20)]
    [InlineData(48)]
    [InlineData(64)]
    public void The_platform_refuses_the_salts_that_this_is_for(int salt)
    {
        var cms = new SignedCms();
        cms.Decode(ForeignSigner.Pss(salt).Cms(Content, isDetached: false));
        Assert.ThrowsAny<CryptographicException>(() => cms.CheckSignature(verifySignatureOnly: true));
    }

    [Fact]
    public void No_byte_of_a_CMS_can_be_changed_or_cut_off_to_another_content_and_none_is_a_crash()
    {
        var signer = ForeignSigner.Ec("P-256", isExplicit: true);
        var der = signer.Certificate.GetEncoded();
        var good = signer.Cms(Content, isDetached: false);
        for (var at = 0; at < good.Length; at++)
        {
            foreach (var bits in (byte[])[1, 0xA0])
            {
                var bad = (byte[])good.Clone();
                bad[at] ^= bits;
                Assert.True(OpenCms.From(Base64(bad), [der]) is not { } content || content.SequenceEqual(Content));
            }
            Assert.Null(OpenCms.From(Base64(good[..at]), [der]));
        }
    }

    [Fact]
    public void No_byte_of_a_certificate_can_be_changed_and_none_is_a_crash()
    {
        var signer = ForeignSigner.Pss(20);
        var good = signer.Dsc();
        for (var at = 0; at < good.Length; at++)
        {
            var bad = (byte[])good.Clone();
            bad[at] ^= 0x21;
            X509Certificate2 certificate;
            try
            {
                certificate = X509CertificateLoader.LoadCertificate(bad);
            }
            catch (CryptographicException)
            {
                continue;
            }
            using (certificate)
            using (var issuer = X509CertificateLoader.LoadCertificate(signer.Certificate.GetEncoded()))
            {
                Assert.False(IssuerSignature.Holds(certificate, issuer), $"byte {at}");
            }
        }
    }

    [Theory]
    [InlineData("3080")]
    [InlineData("A080")]
    [InlineData("2480")]
    public void What_is_nested_without_end_is_refused_and_ends_nothing(string opening)
    {
        var bytes = Convert.FromHexString(string.Concat(Enumerable.Repeat(opening, 90_000)));
        Assert.Null(OpenCms.From(Base64(bytes), []));
        using var certificate = X509CertificateLoader.LoadCertificate(ForeignSigner.Rsa(2048).Certificate.GetEncoded());
        Assert.False(DetachedCms.Verifies(bytes[..60_000], Content, certificate));
    }

    static bool Holds(byte[] der, ForeignSigner signer)
    {
        using var certificate = X509CertificateLoader.LoadCertificate(der);
        using var issuer = X509CertificateLoader.LoadCertificate(signer.Certificate.GetEncoded());
        return IssuerSignature.Holds(certificate, issuer);
    }

    static bool DetachedHolds(byte[] cms, ForeignSigner signer)
    {
        using var certificate = X509CertificateLoader.LoadCertificate(signer.Certificate.GetEncoded());
        return DetachedCms.Verifies(cms, Content, certificate);
    }

    static byte[] Base64(byte[] bytes) => Encoding.ASCII.GetBytes(Convert.ToBase64String(bytes));
}
