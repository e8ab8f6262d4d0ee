using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Issuer.Core.Pki;
using Issuer.Hcert;
using Issuer.Tests.Hcert;
using Issuer.Tests.Pki;
using Issuer.Verification.TrustLists;

namespace Issuer.Tests.TrustList;

/// <summary>The WHO's lists as they are, and as somebody else might hand them out.</summary>
public sealed class GdhcnTests
{
    const string DevKey = "dev/WHO-signing-DID.did.json";

    public static TheoryData<string> Documents => Conformance.Folder is null ? new("")
        : [.. Conformance.Names("gdhcn").Where(name => name.EndsWith("did.json", StringComparison.Ordinal))];

    [ConformanceTheory]
    [MemberData(nameof(Documents))]
    public void Every_document_loads_without_a_throw_and_is_believed_only_under_its_own_key(string name)
    {
        var reading = ReadDidTrustList.From(Read(name), Read(DevKey));
        var signedByDev = name.StartsWith("dev", StringComparison.Ordinal) && name != DevKey;
        Assert.Equal(signedByDev, reading.Refusal is null);
        Assert.All(reading.Disbelieved, item => Assert.NotNull(item.Name));
    }

    [ConformanceFact]
    public void The_test_networks_keys_are_read_from_x5c()
    {
        var reading = ReadDidTrustList.From(Read("dev/DCC-SGP/did.json"), Read(DevKey));
        Assert.Empty(reading.Disbelieved);
        Assert.Equal((4, 1), (reading.Dscs.Count, reading.Cscas.Count));
    }

    [ConformanceFact]
    public void References_are_named_and_not_followed()
    {
        var reading = ReadDidTrustList.From(Read("dev/v2-trustlist-ref.did.json"), Read(DevKey));
        Assert.Null(reading.Refusal);
        Assert.Equal(9, reading.Disbelieved.Count);
        Assert.Contains(reading.Disbelieved, item => item.Name == "did:web:example.com");
    }

    [ConformanceTheory]
    [InlineData("id")]
    [InlineData("controller")]
    [InlineData("verificationMethod/0/id")]
    [InlineData("verificationMethod/0/type")]
    [InlineData("verificationMethod/0/controller")]
    [InlineData("verificationMethod/0/publicKeyJwk/x5c/0")]
    [InlineData("verificationMethod/0/publicKeyJwk/x")]
    [InlineData("verificationMethod/0/domain/code")]
    [InlineData("verificationMethod/0/participant/code")]
    [InlineData("verificationMethod/4/keyusage/code")]
    [InlineData("proof/created")]
    [InlineData("proof/nonce")]
    [InlineData("proof/jws")]
    [InlineData("@context/2")]
    public void What_the_proof_covers_cannot_be_changed(string place)
    {
        var steps = place.Split('/');
        var document = JsonNode.Parse(Read("dev/DCC-SGP/did.json"))!;
        var parent = steps[..^1].Aggregate(document, Step);
        var text = (string)Step(parent, steps[^1])!;
        foreach (var at in Enumerable.Range(0, Math.Min(text.Length, 60)))
        {
            var changed = text[..at] + (text[at] == 'A' ? 'B' : 'A') + text[(at + 1)..];
            if (parent is JsonArray array)
            {
                array[int.Parse(steps[^1], null)] = changed;
            }
            else
            {
                parent[steps[^1]] = changed;
            }
            Assert.NotNull(ReadDidTrustList.From(Bytes(document), Read(DevKey)).Refusal);
        }
    }

    [ConformanceFact]
    public void Entries_cannot_be_taken_out_put_in_or_exchanged()
    {
        foreach (var change in new Action<JsonArray>[]
        {
            keys => keys.RemoveAt(0), keys => keys.Add(Renamed(keys[0]!)), keys => keys.Add("did:web:example.com"),
            keys => keys[0]!["publicKeyJwk"] = keys[1]!["publicKeyJwk"]!.DeepClone(),
            keys => keys[0]!.AsObject().Remove("keyusage"), keys => keys[0]!["domain"] = "DCC",
            keys => keys[0] = (string)keys[0]!["id"]!,
        })
        {
            var document = JsonNode.Parse(Read("dev/DCC-SGP/did.json"))!;
            change(document["verificationMethod"]!.AsArray());
            Assert.NotNull(ReadDidTrustList.From(Bytes(document), Read(DevKey)).Refusal);
        }
    }

    [ConformanceFact]
    public void Unknown_members_and_another_order_change_nothing()
    {
        var document = JsonNode.Parse(Read("dev/DCC-SGP/did.json"))!;
        var keys = document["verificationMethod"]!.AsArray();
        keys[0]!["certificate"] = "x";
        keys[0]!["keyUsage"] = new JsonObject { ["code"] = "#CSCA" };
        var last = keys[4]!;
        keys.RemoveAt(4);
        keys.Insert(0, last);
        document["also"] = "x";
        var reading = ReadDidTrustList.From(Bytes(document), Read(DevKey));
        Assert.Null(reading.Refusal);
        Assert.Equal(4, reading.Dscs.Count);
    }

    /// <summary>Its proof key is published nowhere (standards/who-gdhcn-icvp.md A.6), so here it has ours.</summary>
    [ConformanceFact]
    public void All_keys_of_the_productive_list_load_under_a_proof()
    {
        using var anchor = TrustAnchor.SelfSigned("VN", "Bộ Y tế", SigningKey.Create(KeyKind.P256), Ceremony.Now);
        var document = JsonNode.Parse(Read("prod/v2-trustlist.did.json"))!;
        using (var unsigned = JsonDocument.Parse(Bytes(document)))
        {
            document["proof"]!["jws"] = DidProof.Sign(unsigned.RootElement, anchor);
        }
        var reading = ReadDidTrustList.From(Bytes(document), anchor.Der.Span);
        Assert.Equal((438, 60), (reading.Dscs.Count, reading.Cscas.Count));
        Assert.Equal(
            ["a CSCA that is not a CA", "of the key usage #DECA", "of the key usage #DECA"],
            reading.Disbelieved.Select(item => item.Why).Order());
        Assert.Equal(438, reading.Dscs.Count(der => Dsc.TryParse(der, out _, out _)));
    }

    [ConformanceTheory]
    [InlineData("prod/v1-trustlist.did.json", 0)]
    [InlineData("prod/v2-trustlist.did.json", 60)]
    public void Under_pinned_CSCAs_the_DSCs_they_signed_are_believed(string name, int cscas)
    {
        var pins = Pins();
        var reading = ReadDidTrustList.From(Read(name), Encoding.ASCII.GetBytes(string.Concat(pins)));
        Assert.Null(reading.Refusal);
        Assert.Equal((433, cscas), (reading.Dscs.Count, reading.Cscas.Count));
        Assert.All(reading.Disbelieved, item => Assert.True(
            item.Why is "not signed by a pinned CSCA" or "of the key usage #DECA" or "a CSCA that is not a CA",
            item.Why));
        Assert.Single(ReadDidTrustList.From(
            Read("prod/v2-trustlist.did.json"), Encoding.ASCII.GetBytes(pins[0])).Cscas);
    }

    [Theory]
    [InlineData("CN=DSC, C=SG", null)]
    [InlineData("CN=DSC, C=TH", "signed by a pinned CSCA of another country")]
    [InlineData("CN=DSC", "signed by a pinned CSCA of another country")]
    public void A_pinned_CSCA_vouches_for_its_own_country_and_no_other(string subject, string? why)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var ca = new CertificateRequest("CN=CSCA, C=SG", key, HashAlgorithmName.SHA256);
        ca.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var csca = ca.CreateSelfSigned(Ceremony.Now, Ceremony.Now.AddYears(4));
        using var dsc = new CertificateRequest(subject, key, HashAlgorithmName.SHA256)
            .Create(csca, Ceremony.Now, Ceremony.Now.AddYears(2), [1]);
        var list = $$"""
            {"verificationMethod":[{"type":"JsonWebKey2020",
            "publicKeyJwk":{"x5c":["{{Convert.ToBase64String(dsc.RawData)}}"]}
            }]}
            """;
        var reading = ReadDidTrustList.From(
            Encoding.UTF8.GetBytes(list), Encoding.ASCII.GetBytes(csca.ExportCertificatePem()));
        Assert.Equal(why, reading.Disbelieved.SingleOrDefault()?.Why);
        Assert.Equal(why is null ? 1 : 0, reading.Dscs.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"verificationMethod\":{}}")]
    [InlineData("{\"verificationMethod\":[],\"verificationMethod\":[]}")]
    [InlineData("{\"verificationMethod\":[\"\\ud800\"]}")]
    [InlineData("{\"verificationMethod\":[],\"proof\":{\"jws\":\"\\ud800..\"}}")]
    [InlineData("{\"verificationMethod\":[],\"proof\":[]}")]
    public void What_is_no_document_is_refused(string json)
    {
        using var anchor = TrustAnchor.SelfSigned("VN", "Bộ Y tế", SigningKey.Create(KeyKind.P256), Ceremony.Now);
        Assert.NotNull(ReadDidTrustList.From(Encoding.UTF8.GetBytes(json), anchor.Der.Span).Refusal);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("1")]
    [InlineData("{}")]
    [InlineData("{\"type\":\"JsonWebKey2020\",\"publicKeyJwk\":{\"x5c\":[]}}")]
    [InlineData("{\"type\":\"JsonWebKey2020\",\"publicKeyJwk\":{\"x5c\":[\"AA==\"]}}")]
    [InlineData("{\"type\":\"JsonWebKey2020\",\"publicKeyJwk\":{\"x5c\":\"AA==\"}}")]
    [InlineData("{\"type\":\"JsonWebKey2020\",\"domain\":{\"code\":\"#PH4H\"}}")]
    public void What_is_no_key_is_not_believed(string json)
    {
        using var ceremony = new Ceremony();
        var reading = ReadDidTrustList.From(
            Encoding.UTF8.GetBytes($$"""{"verificationMethod":[{{json}}]}"""), ceremony.Csca.Der.Span);
        Assert.Null(reading.Refusal);
        Assert.Equal(0, Assert.Single(reading.Disbelieved).Index);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("{\"verificationMethod\":[{\"publicKeyJwk\":{\"kty\":\"EC\",\"x\":\"\",\"y\":\"\"}}]}")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----")]
    public void Without_an_anchor_nothing_is_believed(string anchor) =>
        Assert.NotNull(
            ReadDidTrustList.From("{\"verificationMethod\":[]}"u8.ToArray(), Encoding.UTF8.GetBytes(anchor)).Refusal);

    /// <summary>The list's own CSCAs, standing for those that a country would have pinned.</summary>
    static List<string> Pins() =>
    [
        .. JsonNode.Parse(Read("prod/v2-trustlist.did.json"))!["verificationMethod"]!.AsArray()
            .Where(key => (string?)key!["keyusage"]!["code"] == "#CSCA")
            .Select(key => Convert.FromBase64String((string)key!["publicKeyJwk"]!["x5c"]![0]!))
            .Select(der => PemEncoding.WriteString("CERTIFICATE", der) + "\n"),
    ];

    static JsonNode Step(JsonNode node, string step) =>
        node is JsonArray array ? array[int.Parse(step, null)]! : node[step]!;

    static JsonNode Renamed(JsonNode key)
    {
        var copy = key.DeepClone();
        copy["id"] = $"{copy["id"]}x";
        return copy;
    }

    static byte[] Bytes(JsonNode document) => Encoding.UTF8.GetBytes(document.ToJsonString());

    static byte[] Read(string name) => File.ReadAllBytes(Conformance.PathOf("gdhcn", name));
}
