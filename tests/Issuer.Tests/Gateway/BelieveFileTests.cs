using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Issuer.Core.Gateway;
using Issuer.Core.TrustLists;
using Issuer.Hcert;
using Issuer.Tests.Hcert;
using Issuer.Verification.TrustLists;

namespace Issuer.Tests.Gateway;

public sealed class BelieveFileTests
{
    static GatewayReading Read(IReadOnlyList<byte[]> dscs, IReadOnlyList<byte[]>? cscas = null) =>
        BelieveFile.From(new TrustListReading(dscs, cscas ?? [], []), "VN", Abroad.Now);

    [Fact]
    public void Keys_of_other_countries_are_taken_once_each()
    {
        var (german, french) = (Abroad.Der(), Abroad.Der("FR"));
        var reading = Read([german, french, german], [Abroad.Der("FR", isCa: true)]);
        Assert.Equal(["DE", "FR"], reading.Dscs.Select(key => key.Country).Order());
        Assert.Equal(3, reading.Keys.Count);
        Assert.All(reading.Keys, key => Assert.Equal(Abroad.Now, key.Listed));
        Assert.Empty(reading.Disbelieved);
    }

    /// <summary>Under pinned CSCAs, where nobody has signed the date either.</summary>
    [Theory]
    [InlineData("2026-02-01T12:00:00Z", "2026-02-01T12:00:00Z")]
    [InlineData("2026-02-01T14:00:00.750+02:00", "2026-02-01T12:00:00Z")]
    [InlineData("2026-03-02T08:00:00Z", "2026-03-02T08:00:00Z")]
    [InlineData("2026-03-02T08:00:01Z", "2026-03-01T08:00:00Z")]
    [InlineData("some day", "1970-01-01T00:00:00Z")]
    [InlineData(null, "2026-03-01T08:00:00Z")]
    public void Keys_are_listed_since_the_file_says_so_unless_that_cannot_be_yet(string? said, string since)
    {
        using var pki = new Publisher();
        var expected = DateTimeOffset.Parse(since, CultureInfo.InvariantCulture);
        Assert.Equal(expected, Assert.Single(pki.ReadDid(said).Keys).Listed);
        Assert.Equal(expected, Assert.Single(pki.ReadItems(said).Keys).Listed);
    }

    [Fact]
    public void An_older_file_does_not_bring_back_what_had_left()
    {
        using var pki = new Publisher();
        foreach (var read in new Func<string?, GatewayReading>[] { pki.ReadDid, pki.ReadItems })
        {
            KnownKey[] known =
            [
                Abroad.Key("FR").Known(), read("2026-01-01T00:00:00Z").Keys[0].Known(hasLeft: true),
            ];
            Assert.Contains("it is older", Guard(read("2026-01-01T00:00:00Z")));
            Assert.Contains("it is older", Guard(read("2025-12-31T00:00:00Z")));
            Assert.Null(Guard(read("2026-02-01T00:00:00Z")));

            string? Guard(GatewayReading next) =>
                GuardKeys.Check(known, next, GatewayPolicy.Default, Abroad.Now, isAccepted: false)?.Detail;
        }
    }

    [Fact]
    public void Ours_those_of_no_country_and_what_is_no_certificate_are_named_and_not_taken()
    {
        var reading = Read([Abroad.Der("VN"), Abroad.Der(null), [1, 2, 3]], [Abroad.Der("VN", isCa: true)]);
        Assert.Empty(reading.Keys);
        Assert.Equal(
            ["its subject names no country", "not an X.509 certificate", "of our own country", "of our own country"],
            reading.Disbelieved.Select(item => item.Why).Order());
    }

    [Theory]
    [InlineData("who", true)]
    [InlineData("bilateral-2", true)]
    [InlineData("gateway", false)]
    [InlineData("", false)]
    [InlineData("WHO", false)]
    [InlineData("a b", false)]
    [InlineData("12345678901234567890123456789012345678901", false)]
    public void A_source_has_a_plain_name_that_is_not_the_gateways(string name, bool isOne) =>
        Assert.Equal(isOne, KeySource.IsForFiles(name));

    /// <summary>Pinned are the list's own CSCAs, standing for those that a country would have pinned.</summary>
    [ConformanceTheory]
    [InlineData("v1-trustlist.did.json", 0)]
    [InlineData("v2-trustlist.did.json", 60)]
    public void The_WHOs_productive_list_becomes_keys_of_its_countries(string name, int cscas)
    {
        var pins = string.Concat(JsonNode.Parse(Prod("v2-trustlist.did.json"))!["verificationMethod"]!.AsArray()
            .Where(key => (string?)key!["keyusage"]!["code"] == "#CSCA")
            .Select(key => Convert.FromBase64String((string)key!["publicKeyJwk"]!["x5c"]![0]!))
            .Select(der => PemEncoding.WriteString("CERTIFICATE", der) + "\n"));
        var list = ReadDidTrustList.From(Prod(name), Encoding.ASCII.GetBytes(pins));
        var reading = BelieveFile.From(list, "VN", Abroad.Now);
        Assert.Equal(433, reading.Dscs.Count());
        Assert.True(reading.Keys.Count - 433 >= cscas - 1, $"{reading.Keys.Count}");
        Assert.Equal(list.Disbelieved.Count, reading.Disbelieved.Count);
        Assert.True(reading.Dscs.Select(key => key.Country).Distinct().Count() > 30);
        Assert.Null(GuardKeys.Check([], reading, GatewayPolicy.Default, Abroad.Now, isAccepted: false));

        var (content, held) = BuildForeignTrust.From(
            reading.Keys.Select(key => key.Known(source: "who")), new HashSet<string?> { "VN" }, Abroad.Now, null, 0);
        Assert.Null(held);
        Assert.InRange(content!.Dscs.Count, 100, 433);
        Assert.Equal(content.ToJson(), ForeignTrustContent.Parse(content.ToJson())!.ToJson());
    }

    /// <summary>A CSCA of Singapore that also signs lists, with one DSC.</summary>
    sealed class Publisher : IDisposable
    {
        readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        readonly X509Certificate2 csca;
        readonly X509Certificate2 dsc;

        public Publisher()
        {
            var ca = new CertificateRequest("CN=CSCA, C=SG", key, HashAlgorithmName.SHA256);
            ca.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
            csca = ca.CreateSelfSigned(Abroad.Now, Abroad.Now.AddYears(4));
            dsc = new CertificateRequest("CN=DSC, C=SG", key, HashAlgorithmName.SHA256)
                .Create(csca, Abroad.Now, Abroad.Now.AddYears(2), [1]);
        }

        string Pem => csca.ExportCertificatePem();

        public GatewayReading ReadDid(string? created) => Read(ReadDidTrustList.From, new JsonObject
        {
            ["verificationMethod"] = new JsonArray(new JsonObject
            {
                ["type"] = "JsonWebKey2020",
                ["publicKeyJwk"] = new JsonObject
                {
                    ["x5c"] = new JsonArray(Convert.ToBase64String(dsc.RawData)),
                },
            }),
            ["proof"] = new JsonObject { ["created"] = created },
        });

        public GatewayReading ReadItems(string? timestamp)
        {
            var cms = new SignedCms(new ContentInfo(dsc.RawData), detached: true);
            cms.ComputeSignature(new CmsSigner(SubjectIdentifierType.IssuerAndSerialNumber, csca)
            {
                DigestAlgorithm = new Oid("2.16.840.1.101.3.4.2.1"), IncludeOption = X509IncludeOption.EndCertOnly,
            });
            return Read(ReadTrustList.From, new JsonArray(JsonSerializer.SerializeToNode(new TrustListItem(
                Kid.OfDsc(dsc.RawData).ToString(), timestamp, "SG", TrustListItem.Dsc,
                Convert.ToHexStringLower(SHA256.HashData(dsc.RawData)), Convert.ToBase64String(cms.Encode()),
                Convert.ToBase64String(dsc.RawData)))));
        }

        public void Dispose()
        {
            dsc.Dispose();
            csca.Dispose();
            key.Dispose();
        }

        GatewayReading Read(Reader reader, JsonNode list) => BelieveFile.From(
            reader(Encoding.UTF8.GetBytes(list.ToJsonString()), Encoding.ASCII.GetBytes(Pem)), "VN", Abroad.Now);

        delegate TrustListReading Reader(ReadOnlyMemory<byte> json, ReadOnlySpan<byte> anchor);
    }

    static byte[] Prod(string name) => File.ReadAllBytes(Conformance.PathOf("gdhcn", "prod", name));
}
