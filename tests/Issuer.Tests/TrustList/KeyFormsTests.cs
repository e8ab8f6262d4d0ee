using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Issuer.Core.Pki;
using Issuer.Core.TrustLists;
using Issuer.Tests.Pki;
using Issuer.Verification.TrustLists;

namespace Issuer.Tests.TrustList;

/// <summary>The list as JWK set, DID document and PEM.</summary>
public sealed class KeyFormsTests : IDisposable
{
    const string Did = "did:web:example.vn";
    static readonly DateTimeOffset Now = Ceremony.Now;

    readonly Ceremony ceremony = new();

    public void Dispose() => ceremony.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_coordinate_that_begins_with_a_zero_keeps_its_32_bytes(bool inX)
    {
        var dsc = DscWhere(point => (inX ? point.X : point.Y)![0] == 0);
        var files = Publish(dsc);
        var jwk = Json(files, TrustListFiles.JwksPath)["keys"]![0]!;
        var did = Json(files, TrustListFiles.DidPath)["verificationMethod"]!.AsArray()
            .Single(key => (string?)key!["keyusage"]!["code"] == "#DSC")!["publicKeyJwk"]!;
        foreach (var key in new[] { jwk, did })
        {
            Assert.Equal(32, Base64Url.DecodeFromChars((string)key["x"]!).Length);
            Assert.Equal(32, Base64Url.DecodeFromChars((string)key["y"]!).Length);
            Assert.Equal(0, Base64Url.DecodeFromChars((string)key[inX ? "x" : "y"]!)[0]);
        }
    }

    [Fact]
    public void Keys_name_their_kid_and_the_chain_to_the_CSCA()
    {
        var dsc = ceremony.OwnDsc();
        var jwk = Json(Publish(dsc), TrustListFiles.JwksPath)["keys"]!.AsArray().Single()!;
        Assert.Equal(dsc.Kid.ToString(), (string?)jwk["kid"]);
        Assert.Equal("sig", (string?)jwk["use"]);
        Assert.Equal("ES256", (string?)jwk["alg"]);
        Assert.Equal(
            [Convert.ToBase64String(dsc.Der.Span), Convert.ToBase64String(ceremony.Csca.Der.Span)],
            jwk["x5c"]!.AsArray().Select(der => (string?)der));
    }

    [Fact]
    public void An_RSA_key_has_a_modulus_without_a_leading_zero()
    {
        using var key = SigningKey.Create(KeyKind.Rsa2048);
        var jwk = Json(Publish(new OwnDsc(ceremony.Dsc(key), "rsa")), TrustListFiles.JwksPath)["keys"]![0]!;
        Assert.Equal("PS256", (string?)jwk["alg"]);
        Assert.Equal(256, Base64Url.DecodeFromChars((string)jwk["n"]!).Length);
        Assert.Equal("AQAB", (string?)jwk["e"]);
        Assert.Null(jwk["x"]);
    }

    [Theory]
    [InlineData(KeyKind.P256)]
    [InlineData(KeyKind.Rsa2048)]
    public void Our_DID_document_is_believed_under_its_own_anchor_document_and_no_other(KeyKind kind)
    {
        using var signer = Ceremony.NewAnchor(kind);
        var dsc = ceremony.OwnDsc();
        var files = Publish(signer, dsc);
        foreach (var pin in new[]
        {
            files[TrustListFiles.AnchorDidPath], files[TrustListFiles.AnchorPath], signer.Der.ToArray(),
        })
        {
            var reading = ReadDidTrustList.From(files[TrustListFiles.DidPath], pin);
            Assert.Null(reading.Refusal);
            Assert.Empty(reading.Disbelieved);
            Assert.Equal(dsc.Der.ToArray(), Assert.Single(reading.Dscs));
            Assert.Equal(ceremony.Csca.Der.ToArray(), Assert.Single(reading.Cscas));
        }
        Assert.NotNull(ReadDidTrustList.From(files[TrustListFiles.DidPath], ceremony.Anchor.Der.Span).Refusal);
    }

    [Fact]
    public void The_proof_is_in_the_form_that_JWS_asks_for()
    {
        var proof = Json(Publish(ceremony.OwnDsc()), TrustListFiles.DidPath)["proof"]!;
        var jws = ((string)proof["jws"]!).Split('.');
        Assert.Equal(
            """{"b64":false,"crit":["b64"],"alg":"ES256"}""",
            Encoding.ASCII.GetString(Base64Url.DecodeFromChars(jws[0])));
        Assert.Equal(64, Base64Url.DecodeFromChars(jws[2]).Length);
        Assert.Equal(32, ((string)proof["nonce"]!).Length);
        Assert.Equal($"{Did}:trust-anchor", (string?)proof["verificationMethod"]);
        Assert.Equal("2026-03-01T08:00:00Z", (string?)proof["created"]);
    }

    [Fact]
    public void The_PEM_bundle_holds_every_certificate()
    {
        var pem = Publish(ceremony.OwnDsc(), ceremony.OwnDsc())[TrustListFiles.PemPath];
        using var folder = new Folder();
        Assert.Equal(3, OpenSsl.Run("storeutl", "-noout", "-certs", folder.File("all.pem", pem))
            .Split("Certificate").Length - 1);
    }

    OwnDsc DscWhere(Func<ECPoint, bool> holds)
    {
        while (true)
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            if (holds(key.ExportParameters(false).Q))
            {
                return new OwnDsc(ceremony.Dsc(SigningKey.FromPkcs8(key.ExportPkcs8PrivateKey())), "zero");
            }
        }
    }

    Dictionary<string, byte[]> Publish(params OwnDsc[] dscs) => Publish(ceremony.Anchor, dscs);

    Dictionary<string, byte[]> Publish(TrustAnchor signer, params OwnDsc[] dscs) => BuildTrustFiles.From(
        new TrustListRows([ceremony.Csca], [.. dscs.Select(dsc => new ListedDsc(dsc, null))]), ValidityPolicy.Default,
        signer, Did, Now, _ => null).Value!.Files.ToDictionary(file => file.Path, file => file.Bytes);

    static JsonNode Json(Dictionary<string, byte[]> files, string path) => JsonNode.Parse(files[path])!;
}
