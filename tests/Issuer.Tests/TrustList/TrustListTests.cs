using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Issuer.Core.Pki;
using Issuer.Core.TrustLists;
using Issuer.Tests.Pki;
using Issuer.Verification.TrustLists;

namespace Issuer.Tests.TrustList;

public sealed class TrustListTests : IDisposable
{
    static readonly DateTimeOffset Now = Ceremony.Now;

    readonly Ceremony ceremony = new();

    TrustAnchor Anchor => ceremony.Anchor;

    public void Dispose() => ceremony.Dispose();

    [Theory]
    [InlineData(KeyKind.P256)]
    [InlineData(KeyKind.Rsa2048)]
    public void What_was_listed_is_believed(KeyKind anchorKind)
    {
        using var signer = Ceremony.NewAnchor(anchorKind);
        var (one, two) = (ceremony.OwnDsc(), ceremony.OwnDsc());
        var items = BuildTrustList.From([ceremony.Csca], [new(one, null), new(two, null)], ValidityPolicy.Default,
            signer, Now).Value!;
        var reading = ReadTrustList.From(TrustListItem.ToJson(items), signer.Der.Span);
        Assert.Null(reading.Refusal);
        Assert.Empty(reading.Disbelieved);
        Assert.Equal(ceremony.Csca.Der.ToArray(), Assert.Single(reading.Cscas));
        Assert.Equal(
            new[] { one, two }.OrderBy(dsc => dsc.Kid.ToString(), StringComparer.Ordinal)
                .Select(dsc => dsc.Der.ToArray()),
            reading.Dscs);
    }

    [Fact]
    public void Items_have_the_shape_of_the_gateway()
    {
        var dsc = ceremony.OwnDsc();
        var item = Parse(Json(dsc)).Single(item => (string?)item!["certificateType"] == "DSC")!.AsObject();
        Assert.Equal(
            ["kid", "timestamp", "country", "certificateType", "thumbprint", "signature", "rawData"],
            item.Select(member => member.Key));
        Assert.Equal(dsc.Kid.ToString(), (string?)item["kid"]);
        Assert.Equal("2026-03-01T08:00:00Z", (string?)item["timestamp"]);
        Assert.Equal("VN", (string?)item["country"]);
        Assert.Matches("^[0-9a-f]{64}$", (string?)item["thumbprint"]);
    }

    [Fact]
    public void An_unchanged_list_is_the_same_bytes()
    {
        var dscs = new[] { new ListedDsc(ceremony.OwnDsc(), null) };
        var first = BuildTrustList.From([ceremony.Csca], dscs, ValidityPolicy.Default, Anchor, Now).Value!;
        var second = BuildTrustList.From(
            [ceremony.Csca], dscs, ValidityPolicy.Default, Anchor, Now.AddDays(1), first).Value!;
        Assert.Equal(TrustListItem.ToJson(first), TrustListItem.ToJson(second));
    }

    [Fact]
    public void An_item_that_another_anchor_signed_before_is_signed_anew()
    {
        using var other = Ceremony.NewAnchor();
        var dscs = new[] { new ListedDsc(ceremony.OwnDsc(), null) };
        var before = BuildTrustList.From([], dscs, ValidityPolicy.Default, other, Now).Value!;
        var after = BuildTrustList.From([], dscs, ValidityPolicy.Default, Anchor, Now, before).Value!;
        Assert.Single(ReadTrustList.From(TrustListItem.ToJson(after), Anchor.Der.Span).Dscs);
    }

    [Theory]
    [InlineData(0, null, true)]
    [InlineData(364, -1, true)] // can still sign
    [InlineData(366, 1, true)] // what it signed runs on
    [InlineData(366, 0, false)] // the last certificate has expired
    [InlineData(366, null, true)] // not known what it signed
    [InlineData(731, 1, false)] // has ended itself
    public void A_DSC_is_listed_until_what_it_signed_has_expired(int day, int? lastExpiryInDays, bool listed)
    {
        var now = Now.AddDays(day);
        DateTimeOffset? lastExpiry = lastExpiryInDays is { } days ? now.AddDays(days) : null;
        Assert.Equal(listed, BuildTrustList.IsListed(
            new ListedDsc(ceremony.OwnDsc(), lastExpiry), ValidityPolicy.Default, now));
    }

    [Fact]
    public void A_withdrawn_DSC_leaves_at_once_and_an_empty_list_is_refused()
    {
        var withdrawn = new ListedDsc(ceremony.OwnDsc(withdrawn: true), Now.AddYears(1));
        var outcome = BuildTrustList.From([ceremony.Csca], [withdrawn], ValidityPolicy.Default, Anchor, Now);
        Assert.Equal("The trust list would hold no DSC: it is not published.", outcome.Rejection?.Detail);
    }

    [Fact]
    public void OpenSSL_verifies_an_items_signature()
    {
        var item = Parse(Json(ceremony.OwnDsc()))[0]!;
        using var folder = new Folder();
        var content = folder.File("content", Convert.FromBase64String((string)item["rawData"]!));
        var signature = folder.File("signature", Convert.FromBase64String((string)item["signature"]!));
        var ca = folder.File("anchor.pem", Encoding.ASCII.GetBytes(
            PemEncoding.WriteString("CERTIFICATE", Anchor.Der.Span)));
        var at = Now.AddDays(1).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        OpenSsl.Run("cms", "-verify", "-binary", "-inform", "DER", "-in", signature, "-content", content, "-CAfile", ca,
            "-purpose", "any", "-attime", at, "-out", content + ".out");
    }

    byte[] Json(params OwnDsc[] dscs) => TrustListItem.ToJson(BuildTrustList.From(
        [ceremony.Csca], dscs.Select(dsc => new ListedDsc(dsc, null)), ValidityPolicy.Default, Anchor, Now).Value!);

    static JsonArray Parse(byte[] json) => JsonNode.Parse(json)!.AsArray();
}
