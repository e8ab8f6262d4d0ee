using Issuer.Core.Gateway;
using Issuer.Core.Pki;
using Issuer.Core.Publication;
using Issuer.Core.Revocation;
using Issuer.Core.TrustLists;
using Issuer.Hcert;
using Issuer.Verification.Revocation;
using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.Cms;
using Org.BouncyCastle.Pkcs;
using Org.BouncyCastle.Security;
using BcCertificate = Org.BouncyCastle.X509.X509Certificate;

namespace Issuer.Tests.Pki;

/// <summary>A second opinion on every kind of certificate, request and CMS that we write.</summary>
public sealed class BouncyCastleReadsOursTests
{
    static readonly byte[] Content = "what is signed"u8.ToArray();

    [Theory]
    [InlineData(KeyKind.P256, KeyKind.P256)]
    [InlineData(KeyKind.P256, KeyKind.Rsa2048)]
    [InlineData(KeyKind.Rsa3072, KeyKind.P256)]
    [InlineData(KeyKind.Rsa3072, KeyKind.Rsa3072)]
    public void A_CSCA_and_its_DSC_verify(KeyKind ca, KeyKind kind)
    {
        using var ceremony = new Ceremony(ca);
        using var key = SigningKey.Create(kind);
        var csca = new BcCertificate(ceremony.Csca.Der.ToArray());
        csca.Verify(csca.GetPublicKey());
        Assert.Equal(0, csca.GetBasicConstraints());
        Assert.True(csca.GetKeyUsage()[5]);

        var dsc = new BcCertificate(ceremony.Dsc(key));
        dsc.Verify(csca.GetPublicKey());
        Assert.Equal(csca.SubjectDN, dsc.IssuerDN);
        Assert.Equal(-1, dsc.GetBasicConstraints());
        Assert.True(dsc.GetKeyUsage()[0]);
        Assert.True(dsc.IsValid(Ceremony.Now.AddDays(1).UtcDateTime));
        using var other = new Ceremony(ca);
        Assert.ThrowsAny<GeneralSecurityException>(
            () => dsc.Verify(new BcCertificate(other.Csca.Der.ToArray()).GetPublicKey()));
    }

    [Theory]
    [InlineData(KeyKind.P256)]
    [InlineData(KeyKind.Rsa2048)]
    [InlineData(KeyKind.Rsa3072)]
    public void A_request_for_a_DSC_verifies(KeyKind kind)
    {
        using var key = SigningKey.Create(kind);
        var request = new Pkcs10CertificationRequest(RequestDsc.For(Ceremony.Named("DSC 1"), key));
        Assert.True(request.Verify());
        Assert.Equal("DSC 1", request.GetCertificationRequestInfo().Subject.GetValueList(
            Org.BouncyCastle.Asn1.X509.X509Name.CN)[0]);
    }

    [Theory]
    [InlineData(KeyKind.P256)]
    [InlineData(KeyKind.Rsa3072)]
    public void An_anchor_and_what_it_signs_verify(KeyKind kind)
    {
        using var anchor = Ceremony.NewAnchor(kind);
        var certificate = new BcCertificate(anchor.Der.ToArray());
        certificate.Verify(certificate.GetPublicKey());
        Assert.True(Holds(Detached(anchor.Sign(Content, Ceremony.Now), Content), certificate));
        Assert.False(Holds(Detached(anchor.Sign(Content, Ceremony.Now), "another"u8.ToArray()), certificate));
    }

    [Fact]
    public void Every_item_of_a_trust_list_verifies()
    {
        using var ceremony = new Ceremony();
        var items = BuildTrustList.From(
            [ceremony.Csca], [new(ceremony.OwnDsc(), null)], ValidityPolicy.Default, ceremony.Anchor, Ceremony.Now)
                .Value!;
        var anchor = new BcCertificate(ceremony.Anchor.Der.ToArray());
        Assert.Equal(2, items.Count);
        Assert.All(items, item => Assert.True(Holds(
            Detached(Convert.FromBase64String(item.Signature!), Convert.FromBase64String(item.RawData!)), anchor)));
    }

    [Fact]
    public void A_revocation_batch_verifies_with_its_CMS()
    {
        using var ceremony = new Ceremony();
        var batch = new RevocationBatch(
            "VN", ceremony.OwnDsc().Kid, Ceremony.Now.AddYears(1), false, [RevocationHash.OfUvci("1")]);
        var files = BuildBatches.From(new BatchPlan([], [batch], [], [], []), ceremony.Anchor, Ceremony.Now)
            .Value!.Changed;
        var (json, cms) = (files.Single(file => BuildBatches.IsJson(file.Path)), files.Single(
            file => !BuildBatches.IsJson(file.Path)));
        Assert.True(Holds(Detached(cms.Bytes, json.Bytes), new BcCertificate(ceremony.Anchor.Der.ToArray())));
    }

    [Theory]
    [InlineData(KeyKind.P256)]
    [InlineData(KeyKind.Rsa2048)]
    public void An_upload_verifies_and_holds_its_content(KeyKind kind)
    {
        using var ceremony = new Ceremony();
        using var key = SigningKey.Create(kind);
        var der = ceremony.Dsc(key);
        using var upload = new UploadCertificate(der, SigningKey.FromPkcs8(key.ToPkcs8()));
        var cms = new CmsSignedData(Convert.FromBase64String(upload.Sign(Content, Ceremony.Now)));
        Assert.True(Holds(cms, new BcCertificate(der)));
        using var inside = new MemoryStream();
        cms.SignedContent.Write(inside);
        Assert.Equal(Content, inside.ToArray());
        Assert.Equal(PkcsObjectIdentifiers.Data, cms.SignedContentType);
    }

    static CmsSignedData Detached(byte[] cms, byte[] content) => new(new CmsProcessableByteArray(content), cms);

    static bool Holds(CmsSignedData cms, BcCertificate certificate)
    {
        var signer = Assert.Single(cms.GetSignerInfos().GetSigners());
        Assert.Equal(
            certificate.GetEncoded(),
            Assert.Single(cms.GetCertificates().EnumerateMatches(signer.SignerID)).GetEncoded());
        try
        {
            return signer.Verify(certificate);
        }
        catch (CmsException)
        {
            return false;
        }
    }
}
