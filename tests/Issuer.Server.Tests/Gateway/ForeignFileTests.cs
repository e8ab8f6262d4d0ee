using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Issuer.Server.Tests.Gateway;

/// <summary><c>issuer gateway import</c>: other countries' keys from files.</summary>
public sealed class ForeignFileTests : GermanyBeside
{
    static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    [Fact]
    public async Task What_a_file_brought_stays_beside_the_gateways_and_neither_drops_the_others()
    {
        var france = new Country("FR");
        var (signer, anchor) = (france.Signer(), Holder.Make("XX", "publisher"));
        var hc1 = france.Certify(signer, "URN:UVCI:01:FR:1#A");
        Item[] items =
        [
            Item.Of("CSCA", "FR", france.Csca, anchor), Item.Of("DSC", "FR", signer, anchor),
            Item.Of("DSC", "DE", dsc, anchor), Item.Of("DSC", "VN", new Country("VN").Signer(), anchor),
        ];
        var (exit, output, errors) = Import(items, anchor);
        Assert.True(exit == 0, errors);
        Assert.Equal(2, JsonDocument.Parse(output).RootElement.GetProperty("dscs").GetInt32());
        Assert.Contains("of our own country", errors);
        await PublishAsync();
        Assert.Equal("valid", await VerdictAsync(hc1));

        await SyncWellAsync();
        await PublishAsync();
        var german = germany.Certify(dsc, "URN:UVCI:01:DE:1#A");
        Assert.Equal(["valid", "valid"], [await VerdictAsync(hc1), await VerdictAsync(german)]);

        gateway.Items.RemoveAll(item => item.Kid == dsc.Kid);
        await SyncWellAsync();
        Assert.Equal(0, Import(items, anchor).ExitCode);
        await PublishAsync();
        Assert.Equal(["valid", "valid"], [await VerdictAsync(hc1), await VerdictAsync(german)]);
        Assert.Equal(6 - 1, (await service.Place.Store.Gateway.KeysAsync(default)).Count(
            key => key is { HasLeft: false, Source: "gateway", Key.Kind: "DSC" }));
    }

    [Fact]
    public async Task A_file_is_refused_when_it_is_empty_shrunken_or_of_another_anchor()
    {
        var france = new Country("FR");
        var anchor = Holder.Make("XX", "publisher");
        Item[] items = [.. Enumerable.Range(0, 6).Select(_ => Item.Of("DSC", "FR", france.Signer(), anchor))];
        Assert.Equal(1, Import([], anchor).ExitCode);
        Assert.Equal(0, Import(items, anchor).ExitCode);
        Assert.Equal(0, Import(items, anchor, "--source", "who").ExitCode);

        Assert.Contains("2 of 6 DSCs would leave at once", Import(items[2..], anchor).Errors);
        Assert.Contains("no DSC that can be believed", Import(items, Holder.Make("XX", "another")).Errors);
        Assert.Contains("no DSC that can be believed", Import([], anchor, "--accept").Errors);
        Assert.Equal(2, Import(items, anchor, "--source", "gateway").ExitCode);
        Assert.Equal((1, 2), (Import(null, anchor).ExitCode, Issuer(null, "gateway", "import", "x.json").ExitCode));
        Assert.Equal(12, (await service.Place.Store.Gateway.KeysAsync(default)).Count(key => !key.HasLeft));

        Assert.Equal(0, Import(items[2..], anchor, "--accept").ExitCode);
        Assert.Equal(10, (await service.Place.Store.Gateway.KeysAsync(default)).Count(key => !key.HasLeft));
    }

    /// <param name="items">Null: something that is no list.</param>
    (int ExitCode, string Output, string Errors) Import(Item[]? items, Holder anchor, params string[] options)
    {
        var (list, pem) = (Path.Combine(www, "theirs.json"), Path.Combine(www, "theirs.pem"));
        File.WriteAllBytes(list, items is null
            ? "no list"u8.ToArray() : JsonSerializer.SerializeToUtf8Bytes(items, Web));
        File.WriteAllText(pem, anchor.Certificate.ExportCertificatePem(), Encoding.ASCII);
        return Issuer(null, [
            "gateway", "import", list, "--anchor", pem, "--data", service.Place.Options.DataDirectory, "--now",
            service.Place.Now.ToString("O", CultureInfo.InvariantCulture), .. options]);
    }
}
