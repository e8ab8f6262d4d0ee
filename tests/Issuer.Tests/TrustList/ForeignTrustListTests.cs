using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Issuer.Core.Pki;
using Issuer.Core.TrustLists;
using Issuer.Hcert;
using Issuer.Storage.Pki;
using Issuer.Tests.Pki;
using Issuer.Verification.TrustLists;

namespace Issuer.Tests.TrustList;

/// <summary>Lists as an attacker, or a careless server, hands them out.</summary>
public sealed class ForeignTrustListTests : IDisposable
{
    readonly Ceremony ceremony = new();
    readonly SigningKey anchorKey = SigningKey.Create(KeyKind.P256);
    readonly TrustAnchor anchor;
    readonly JsonArray list;

    public ForeignTrustListTests()
    {
        anchor = TrustAnchor.SelfSigned("VN", "Bộ Y tế", anchorKey, Ceremony.Now);
        list = JsonNode.Parse(TrustListItem.ToJson(BuildTrustList.From(
            [ceremony.Csca], [new(ceremony.OwnDsc(), null), new(ceremony.OwnDsc(), null)], ValidityPolicy.Default,
            anchor, Ceremony.Now).Value!))!.AsArray();
    }

    public void Dispose()
    {
        ceremony.Dispose();
        anchor.Dispose();
    }

    [Theory]
    [InlineData("rawData")]
    [InlineData("kid")]
    [InlineData("thumbprint")]
    [InlineData("country")]
    public void An_item_with_any_byte_changed_is_not_believed(string member)
    {
        var item = Item("DSC");
        var text = (string)item[member]!;
        foreach (var at in Enumerable.Range(0, text.Length))
        {
            item[member] = text[..at] + (text[at] == 'A' ? 'B' : 'A') + text[(at + 1)..];
            Assert.NotEmpty(Read().Disbelieved);
        }
        item[member] = text;
        Assert.Empty(Read().Disbelieved);
    }

    [Fact]
    public void A_signature_with_any_byte_changed_does_not_count()
    {
        var item = Item("DSC");
        var signature = Convert.FromBase64String((string)item["signature"]!);
        foreach (var at in Enumerable.Range(0, signature.Length))
        {
            signature[at] ^= 1;
            item["signature"] = Convert.ToBase64String(signature);
            Assert.True(Read().Disbelieved.Count == 1, $"byte {at}");
            signature[at] ^= 1;
        }
    }

    [Fact]
    public void The_gateways_real_item_for_Vietnam_is_believed_under_the_certificate_that_signed_it()
    {
        var file = Path.Combine(
            DevelopmentKeys.Folder(), "../tests/Issuer.Tests/TrustList/vn-dsc-gateway-entry.json");
        var item = JsonNode.Parse(File.ReadAllBytes(file))!;
        var cms = new SignedCms();
        cms.Decode(Convert.FromBase64String((string)item["signature"]!));
        var json = Encoding.UTF8.GetBytes(new JsonArray(item).ToJsonString());
        Assert.Single(ReadTrustList.From(json, cms.SignerInfos[0].Certificate!.RawData).Dscs);
        Assert.Empty(ReadTrustList.From(json, anchor.Der.Span).Dscs);
    }

    [Fact]
    public void Whatever_the_anchor_signed_is_never_a_crash()
    {
        var item = Item("DSC");
        var der = Convert.FromBase64String((string)item["rawData"]!);
        for (var at = 0; at < der.Length; at++)
        {
            der[at] ^= 1;
            item["rawData"] = Convert.ToBase64String(der);
            item["kid"] = Kid.OfDsc(der).ToString();
            item["thumbprint"] = Convert.ToHexStringLower(SHA256.HashData(der));
            item["signature"] = Convert.ToBase64String(anchor.Sign(der, Ceremony.Now));
            Assert.Null(Read().Refusal);
            der[at] ^= 1;
        }
    }

    [Fact]
    public void The_signature_of_another_item_does_not_count()
    {
        var dscs = list.Where(item => (string?)item!["certificateType"] == "DSC").ToList();
        (dscs[0]!["signature"], dscs[1]!["signature"]) =
            (dscs[1]!["signature"]!.DeepClone(), dscs[0]!["signature"]!.DeepClone());
        var reading = Read();
        Assert.Empty(reading.Dscs);
        Assert.All(reading.Disbelieved, item => Assert.Equal("not signed by the anchor", item.Why));
    }

    [Theory]
    [InlineData("DSC", "CSCA")]
    [InlineData("CSCA", "DSC")]
    [InlineData("DSC", "UPLOAD")]
    [InlineData("DSC", null)]
    public void A_relabelled_item_is_not_believed(string from, string? to)
    {
        Item(from)["certificateType"] = to;
        Assert.Single(Read().Disbelieved);
    }

    [Fact]
    public void Nothing_is_believed_under_another_anchor_even_of_the_same_name()
    {
        using var other = TrustAnchor.SelfSigned("VN", "Bộ Y tế", SigningKey.Create(KeyKind.P256), Ceremony.Now);
        var reading = ReadTrustList.From(Bytes(), other.Der.Span);
        Assert.Empty(reading.Dscs);
        Assert.Equal(3, reading.Disbelieved.Count);
    }

    [Fact]
    public void The_anchors_signature_over_other_content_that_comes_along_does_not_count()
    {
        var item = Item("DSC");
        using var signing = anchorKey.AttachTo(X509CertificateLoader.LoadCertificate(anchor.Der.Span));
        var cms = new SignedCms(new ContentInfo("something else"u8.ToArray()), detached: false);
        cms.ComputeSignature(new CmsSigner(signing) { IncludeOption = X509IncludeOption.EndCertOnly });
        item["signature"] = Convert.ToBase64String(cms.Encode());
        Assert.Single(Read().Disbelieved);
    }

    [Fact]
    public void A_deleted_item_of_the_gateway_is_passed_over()
    {
        var item = Item("DSC");
        (item["rawData"], item["signature"]) = (null, null);
        Assert.Equal("deleted: no rawData or no signature", Assert.Single(Read().Disbelieved).Why);
    }

    [Fact]
    public void Unknown_members_and_a_BOM_are_ignored()
    {
        Item("DSC")["domain"] = "DCC";
        byte[] json = [0xEF, 0xBB, 0xBF, .. Bytes()];
        Assert.Equal(2, ReadTrustList.From(json, anchor.Der.Span).Dscs.Count);
    }

    [Fact]
    public void A_PEM_anchor_does_as_well()
    {
        var pem = PemEncoding.WriteString("CERTIFICATE", anchor.Der.Span);
        Assert.Equal(2, ReadTrustList.From(Bytes(), Encoding.ASCII.GetBytes(pem)).Dscs.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[")]
    [InlineData("\u0000")]
    public void What_is_no_list_is_refused(string json) =>
        Assert.NotNull(ReadTrustList.From(Encoding.UTF8.GetBytes(json), anchor.Der.Span).Refusal);

    [Theory]
    [InlineData("[null]")]
    [InlineData("[1]")]
    [InlineData("[{}]")]
    [InlineData("[{\"kid\":1}]")]
    [InlineData("[{\"kid\":\"AAAAAAAAAAA=\",\"rawData\":\"====\",\"signature\":\"AA==\"}]")]
    [InlineData("[{\"kid\":\"\\ud800\",\"rawData\":\"AA==\",\"signature\":\"AA==\"}]")]
    public void What_is_no_item_is_not_believed(string json)
    {
        var reading = ReadTrustList.From(Encoding.UTF8.GetBytes(json), anchor.Der.Span);
        Assert.Null(reading.Refusal);
        Assert.Equal(0, Assert.Single(reading.Disbelieved).Index);
    }

    [Fact]
    public void Too_deep_too_long_or_too_many_is_refused()
    {
        var deep = Encoding.ASCII.GetBytes(new string('[', 100_000));
        var many = Encoding.ASCII.GetBytes("[" + string.Join(',', Enumerable.Repeat("{}", 10_001)) + "]");
        Assert.NotNull(ReadTrustList.From(deep, anchor.Der.Span).Refusal);
        Assert.NotNull(ReadTrustList.From(many, anchor.Der.Span).Refusal);
        Assert.NotNull(ReadTrustList.From(new byte[ReadTrustList.LongestFile + 1], anchor.Der.Span).Refusal);
    }

    [Fact]
    public void Without_an_anchor_nothing_is_believed() =>
        Assert.NotNull(ReadTrustList.From(Bytes(), "no anchor"u8).Refusal);

    JsonObject Item(string type) => list.First(item => (string?)item!["certificateType"] == type)!.AsObject();

    byte[] Bytes() => Encoding.UTF8.GetBytes(list.ToJsonString());

    TrustListReading Read() => ReadTrustList.From(Bytes(), anchor.Der.Span);
}
