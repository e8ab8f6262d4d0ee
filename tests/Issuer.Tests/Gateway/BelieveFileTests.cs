using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Issuer.Core.Gateway;
using Issuer.Core.TrustLists;
using Issuer.Tests.Hcert;

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

        var (content, held) = ForeignTrustContent.From(
            reading.Keys.Select(key => key.Known(source: "who")), new HashSet<string?> { "VN" }, Abroad.Now, null, 0);
        Assert.Null(held);
        Assert.InRange(content!.Dscs.Count, 100, 433);
        Assert.Equal(content.ToJson(), ForeignTrustContent.Parse(content.ToJson())!.ToJson());
    }

    static byte[] Prod(string name) => File.ReadAllBytes(Conformance.PathOf("gdhcn", "prod", name));
}
