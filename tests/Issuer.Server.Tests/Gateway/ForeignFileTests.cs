using System.Globalization;
using System.Text;
using System.Text.Json;
using Issuer.Server.Hosting.Stores;
using Issuer.Storage.Gateway;

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
        Assert.Equal(6 - 1, (await service.Get<GatewayStore>().KeysAsync(default)).Count(
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
        Assert.Equal(12, (await service.Get<GatewayStore>().KeysAsync(default)).Count(key => !key.HasLeft));

        Assert.Equal(0, Import(items[2..], anchor, "--accept").ExitCode);
        Assert.Equal(10, (await service.Get<GatewayStore>().KeysAsync(default)).Count(key => !key.HasLeft));
    }

    [Fact]
    public async Task The_whole_list_of_a_gateway_is_judged_by_its_upload_certificates()
    {
        var (france, spain) = (new Country("FR"), new Country("ES"));
        var anchor = Holder.Make("XX", "gateway");
        Item[] items =
        [
            Item.Of("AUTHENTICATION", "FR", france.Upload, anchor), Item.Of("UPLOAD", "FR", france.Upload, anchor),
            Item.Of("CSCA", "FR", france.Csca, anchor), france.Dsc(), france.Dsc() with { Timestamp = null! },
            france.Dsc(issuer: spain.Csca), france.Dsc(signer: spain.Upload),
            Item.Of("DSC", "ES", spain.Signer(), anchor),
            Item.Of("UPLOAD", "ES", spain.Upload, Holder.Make("XX", "another")),
        ];
        var (exit, output, errors) = Import(items, anchor);
        Assert.True(exit == 0, errors);
        var came = JsonDocument.Parse(output).RootElement;
        Assert.Equal((2, 1), (came.GetProperty("dscs").GetInt32(), came.GetProperty("cscas").GetInt32()));
        Assert.Equal(5, came.GetProperty("disbelieved").GetArrayLength());
        Assert.Contains($"DSC FR {items[5].Kid} is not believed: no believed CSCA of its country issued it", errors);
        Assert.Contains($"DSC FR {items[6].Kid} is not believed: not signed by a believed upload certificate", errors);
        Assert.Contains($"item FR {items[0].Kid} is not believed: neither UPLOAD, CSCA nor DSC", errors);
        var keys = await service.Get<GatewayStore>().KeysAsync(default);
        Assert.Equal(["CSCA", "DSC", "DSC"], keys.Select(key => key.Key.Kind).Order());
        Assert.Contains("no DSC that can be believed", Import(items, Holder.Make("XX", "another")).Errors);
    }

    [Fact]
    public void A_refused_file_says_of_every_item_why_it_was_not_believed()
    {
        var france = new Country("FR");
        Item[] items = [Item.Of("DSC", "FR", france.Signer(), Holder.Make("XX", "another"))];
        var (exit, output, errors) = Import(items, Holder.Make("XX", "publisher"));
        Assert.Equal(1, exit);
        Assert.Contains($"item 0 (FR {items[0].Kid}) is not believed: not signed by the anchor", errors);
        var came = JsonDocument.Parse(output).RootElement;
        Assert.Contains("no DSC that can be believed", came.GetProperty("refused").GetString());
        Assert.Equal(1, came.GetProperty("disbelieved").GetArrayLength());
    }

    /// <param name="items">Null: something that is no list.</param>
    (int ExitCode, string Output, string Errors) Import(Item[]? items, Holder anchor, params string[] options)
    {
        var (list, pem) = (Path.Combine(www, "theirs.json"), Path.Combine(www, "theirs.pem"));
        File.WriteAllBytes(list, items is null
            ? "no list"u8.ToArray() : JsonSerializer.SerializeToUtf8Bytes(items, Web));
        File.WriteAllText(pem, anchor.Certificate.ExportCertificatePem(), Encoding.ASCII);
        return Issuer(null, [
            "gateway", "import", list, "--anchor", pem, "--data", service.Get<DataFolder>().Path, "--now",
            service.Now.ToString("O", CultureInfo.InvariantCulture), .. options]);
    }
}
