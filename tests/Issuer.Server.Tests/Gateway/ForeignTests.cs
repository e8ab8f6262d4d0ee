using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Issuer.Core.TrustLists;
using Issuer.Hcert;
using Issuer.Server.Gateway;
using Issuer.Server.Publication;
using Issuer.Storage;
using Microsoft.AspNetCore.Http;

namespace Issuer.Server.Tests.Gateway;

/// <summary>
/// From another country's gateway, or a file, to the verdict on its certificate; and what must not change it.
/// </summary>
public sealed class ForeignTests : IAsyncLifetime
{
    static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    readonly StandInGateway gateway = new();
    readonly Country germany = new("DE");
    readonly Holder dsc;
    readonly string www = Directory.CreateTempSubdirectory("issuer-www-").FullName;

    RunningService service = null!;
    HttpClient anybody = null!;

    public ForeignTests() => dsc = germany.Signer();

    public async Task InitializeAsync()
    {
        await gateway.InitializeAsync();
        service = new RunningService { Gateway = gateway.Options };
        await service.InitializeAsync();
        gateway.LayKeys(service.Place);
        gateway.Enter(germany, [germany.Dsc(dsc), .. Enumerable.Range(0, 5).Select(_ => germany.Dsc())]);
        anybody = service.Client();
    }

    public async Task DisposeAsync()
    {
        anybody.Dispose();
        await service.DisposeAsync();
        await gateway.DisposeAsync();
        Directory.Delete(www, recursive: true);
    }

    /// <summary>With patience: the programs that these tests start make a small machine slow.</summary>
    Task<GatewayRound> SyncAsync() =>
        new SyncGateway(service.Place, gateway.Options with { TryTimeout = TimeSpan.FromSeconds(20) })
            .RunAsync(isAccepted: false, default);

    async Task SyncWellAsync()
    {
        var round = await SyncAsync();
        Assert.True(
            round.IsGood,
            string.Join("; ", round.Failed.Select(failure => failure.ToString()).Concat(round.Refused)));
    }

    /// <summary>With the lists' round, then a round of the service as it is by itself.</summary>
    async Task PublishAsync()
    {
        await new PublishRound(service.Place).RunAsync(isForced: true, www, default);
        await service.RoundAsync();
    }

    async Task SqlAsync(string sql)
    {
        await using var database = await Database.OpenAsync(null, service.Place.Options.DataDirectory, default);
        await database.WriteAsync(session => session.ExecuteAsync(sql), default);
    }

    async Task<JsonElement> JudgeAsync(string hc1, string? at = null) =>
        await anybody.PostAsJsonAsync("/v1/verify", new { hc1, at }).JsonAsync(HttpStatusCode.OK);

    async Task<string> VerdictAsync(string hc1) => (await JudgeAsync(hc1)).GetProperty("verdict").GetString()!;

    /// <summary>The program in a folder of its own, with nothing but what it is told.</summary>
    static (int ExitCode, string Output, string Errors) Issuer(string? input, params string[] arguments)
    {
        var folder = Directory.CreateTempSubdirectory("issuer-fresh-");
        var start = new ProcessStartInfo(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "issuer.dll"), .. arguments, "--json"])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
            WorkingDirectory = folder.FullName,
        };
        start.Environment["DOTNET_ENVIRONMENT"] = "Development";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(input ?? "");
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        folder.Delete(recursive: true);
        return (process.ExitCode, output, errors.Result);
    }

    string VerdictByProgram(string hc1, params string[] lists)
    {
        var (_, output, errors) = Issuer(hc1, [
            "verify", "-", "--anchor", Path.Combine(www, TrustListFiles.AnchorPath), "--at",
            service.Place.Now.ToString("O", CultureInfo.InvariantCulture), .. lists]);
        Assert.True(output.Length > 0, errors);
        return JsonDocument.Parse(output).RootElement.GetProperty("verdict").GetString()!;
    }

    static byte[] SignatureHash(string hc1)
    {
        Assert.True(HcertReader.TryRead(hc1, out var hcert, out _));
        return RevocationHash.OfSignature(hcert.Algorithm, hcert.Signature.Span).ToBytes();
    }

    [Fact]
    public async Task A_foreign_certificate_is_valid_once_its_key_is_published_and_revoked_once_its_batch_is()
    {
        var (hc1, other) = (germany.Certify(dsc, "URN:UVCI:01:DE:1#A"), germany.Certify(dsc, "URN:UVCI:01:DE:2#B"));
        await PublishAsync();
        Assert.Equal("unknown-issuer", await VerdictAsync(hc1));

        await SyncWellAsync();
        await service.RoundAsync();
        Assert.Equal("valid", await VerdictAsync(hc1));
        await PublishAsync();
        string[] bundle = ["--bundle", Path.Combine(www, "bundle.bin")];
        string[] folder = ["--trust", Path.Combine(www, TrustListFiles.StatementPath), "--revocation", www];
        string[] addresses =
        [
            "--trust", $"{anybody.BaseAddress}v1/trust-list/list.jws", "--revocation", $"{anybody.BaseAddress}v1",
        ];
        Assert.All([bundle, folder, addresses], lists => Assert.Equal("valid", VerdictByProgram(hc1, lists)));
        Assert.Equal("unknown-issuer", VerdictByProgram(hc1, "--trust", Path.Combine(www, TrustListFiles.EuPath)));

        gateway.Add("DE", germany.Batch(SignatureHash(hc1), "SIGNATURE", dsc.Kid), 1);
        await SyncWellAsync();
        await service.RoundAsync();
        Assert.Equal("valid", await VerdictAsync(hc1));
        await PublishAsync();
        Assert.Equal(["revoked", "valid"], [await VerdictAsync(hc1), await VerdictAsync(other)]);
        Assert.All([bundle, folder, addresses], lists =>
            Assert.Equal(["revoked", "valid"], [VerdictByProgram(hc1, lists), VerdictByProgram(other, lists)]));
    }

    [Fact]
    public async Task A_batch_that_was_deleted_or_lapsed_revokes_no_more()
    {
        var (hc1, suspended) = (germany.Certify(dsc, "URN:UVCI:01:DE:1#A"), germany.Certify(dsc, "URN:UVCI:01:DE:2#B"));
        var kept = gateway.Add("DE", germany.Batch(SignatureHash(hc1), "SIGNATURE", dsc.Kid), 1);
        gateway.Add("DE", germany.Batch(
            SignatureHash(suspended), "SIGNATURE", "UNKNOWN_KID", expires: "2027-02-01T00:00:00Z"), 2);
        await SyncWellAsync();
        await PublishAsync();
        Assert.Equal(["revoked", "revoked"], [await VerdictAsync(hc1), await VerdictAsync(suspended)]);
        Assert.Equal("valid", (await JudgeAsync(suspended, "2027-02-01T00:00:00Z")).GetProperty("verdict").GetString());

        gateway.Delete(kept, 3);
        await SyncWellAsync();
        await PublishAsync();
        Assert.Equal(["valid", "revoked"], [await VerdictAsync(hc1), await VerdictAsync(suspended)]);
        Assert.Equal(0, (await SyncAsync()).ForeignBatchesTaken);
    }

    [Fact]
    public async Task No_foreign_key_speaks_for_our_country_nor_says_that_an_expired_one_can_be_had_anew()
    {
        await SyncWellAsync();
        await PublishAsync();
        Assert.Equal("unknown-issuer", await VerdictAsync(germany.Certify(dsc, "URN:UVCI:01:VN:1#A", issuer: "VN")));
        Assert.Equal(
            "unknown-issuer",
            await VerdictAsync(germany.Certify(dsc, "URN:UVCI:01:VN:1#A", entryCountry: "VN")));
        var expired = await JudgeAsync(germany.Certify(dsc, "URN:UVCI:01:DE:1#A"), "2029-01-01T00:00:00Z");
        Assert.Equal("expired", expired.GetProperty("verdict").GetString());
        Assert.False(expired.GetProperty("can_be_had_anew").GetBoolean());
    }

    [Fact]
    public async Task
        What_of_an_earlier_world_comes_back_empty_shrunken_or_broken_changes_no_verdict_and_health_says_why()
    {
        var hc1 = germany.Certify(dsc, "URN:UVCI:01:DE:1#A");
        await SyncWellAsync();
        await PublishAsync();
        Assert.Equal("0", await MetricAsync("issuer_gateway_refused"));
        Assert.Equal("6", await MetricAsync("issuer_gateway_foreign_dscs"));
        var good = gateway.Items.ToList();

        gateway.Items.RemoveAll(item => item.CertificateType == "DSC");
        await StaysAsync(hc1, "no DSC that can be believed");
        gateway.Items.Clear();
        await StaysAsync(hc1, "no DSC that can be believed");
        gateway.Items.AddRange(good.Where(item => item.CertificateType != "DSC" || item.Kid != dsc.Kid).SkipLast(2));
        await StaysAsync(hc1, "3 of 6 DSCs would leave at once");
        gateway.Fault = (http, _) =>
        {
            http.Response.StatusCode = StatusCodes.Status500InternalServerError;
            return Task.FromResult(true);
        };
        await StaysAsync(hc1, "failed and are tried again");

        gateway.Fault = null;
        gateway.Items.Clear();
        gateway.Items.AddRange(good);
        await SyncWellAsync();
        Assert.Equal("0", await MetricAsync("issuer_gateway_refused"));
    }

    async Task StaysAsync(string hc1, string why)
    {
        Assert.False((await SyncAsync()).IsGood);
        await PublishAsync();
        var health = await anybody.GetAsync("/healthz/ready").JsonAsync(HttpStatusCode.OK);
        Assert.Contains(why, health.GetProperty("gateway").GetProperty("refused").GetString());
        Assert.Equal("1", await MetricAsync("issuer_gateway_refused"));
        Assert.Equal("valid", await VerdictAsync(hc1));
        Assert.Equal("valid", VerdictByProgram(hc1, "--bundle", Path.Combine(www, "bundle.bin")));
    }

    async Task<string> MetricAsync(string name) => (await anybody.GetStringAsync("/metrics")).Split('\n')
        .Single(line => line.StartsWith(name + " ", StringComparison.Ordinal)).Split(' ')[1];

    [Fact]
    public async Task A_store_that_lost_rows_takes_nothing_foreign_out_of_the_publication_while_ours_goes_on()
    {
        var (hc1, refused) = (germany.Certify(dsc, "URN:UVCI:01:DE:1#A"), germany.Certify(dsc, "URN:UVCI:01:DE:2#B"));
        gateway.Add("DE", germany.Batch(SignatureHash(refused), "SIGNATURE", dsc.Kid), 1);
        await SyncWellAsync();
        await PublishAsync();
        await SqlAsync("delete from believed_key");
        await SqlAsync("delete from gateway_batch");
        await PublishAsync();

        Assert.Equal(["valid", "revoked"], [await VerdictAsync(hc1), await VerdictAsync(refused)]);
        var publication = (await anybody.GetAsync("/healthz/ready").JsonAsync(HttpStatusCode.OK))
            .GetProperty("publication");
        var why = publication.GetProperty("refused").GetString();
        Assert.Contains("6 would leave that no row explains", why);
        Assert.Contains("1 hashes would leave though nobody deleted them", why);
        Assert.Equal("1", await MetricAsync("issuer_publication_refused"));

        await SyncWellAsync();
        await PublishAsync();
        Assert.Equal("0", await MetricAsync("issuer_publication_refused"));
        Assert.Equal(["valid", "revoked"], [await VerdictAsync(hc1), await VerdictAsync(refused)]);
    }

    [Fact]
    public async Task The_EUs_apps_are_told_of_foreign_DSCs_in_one_walk_with_ours_and_when_one_leaves()
    {
        await service.RoundAsync();
        var ours = await StatusAsync();
        await SyncWellAsync();
        await service.RoundAsync();
        var all = await StatusAsync();
        Assert.Equal(ours, all.Take(ours.Count));
        Assert.Equal(ours.Count + 6, all.Count);
        Assert.Equal(all, await WalkAsync());
        var asked = await anybody.PostAsJsonAsync("/signercertificateUpdate", all).JsonAsync(HttpStatusCode.OK);
        Assert.Equal(
            (6, ours.Count),
            (asked.GetProperty("DE").GetArrayLength(), asked.GetProperty("VN").GetArrayLength()));

        var own = await anybody.GetFromJsonAsync<JsonElement>("/v1/trust-list");
        Assert.All(own.EnumerateArray(), item => Assert.Equal("VN", item.GetProperty("country").GetString()));

        gateway.Items.RemoveAll(item => item.Kid == dsc.Kid);
        await SyncWellAsync();
        await service.RoundAsync();
        Assert.Equal(all.Where(kid => kid != dsc.Kid), await StatusAsync());
        Assert.Equal(await StatusAsync(), await WalkAsync());
        var delta = await anybody.GetFromJsonAsync<JsonElement>("/signercertificateStatus/delta");
        Assert.Equal([dsc.Kid], delta.GetProperty("deleted").EnumerateArray().Select(kid => kid.GetString()));
        Assert.Equal("unknown-issuer", await VerdictAsync(germany.Certify(dsc, "URN:UVCI:01:DE:1#A")));
    }

    async Task<List<string>> StatusAsync() =>
        (await anybody.GetFromJsonAsync<List<string>>("/signercertificateStatus"))!;

    async Task<List<string>> WalkAsync()
    {
        List<string> met = [];
        var token = "";
        while (true)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/signercertificateUpdate");
            request.Headers.Add("X-RESUME-TOKEN", token);
            using var answer = await anybody.SendAsync(request);
            if (answer.StatusCode == HttpStatusCode.NoContent)
            {
                return met;
            }
            met.Add(answer.Headers.GetValues("X-KID").Single());
            token = answer.Headers.GetValues("X-RESUME-TOKEN").Single();
        }
    }

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
