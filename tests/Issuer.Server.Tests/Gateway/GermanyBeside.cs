using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Issuer.Hcert;
using Issuer.Server.Features.Gateway;
using Issuer.Server.Features.Publication;
using Issuer.Server.Hosting.Stores;
using Issuer.Server.Tests.Metrics;
using Issuer.Storage;
using Issuer.Verification.TrustLists;

namespace Issuer.Server.Tests.Gateway;

/// <summary>
/// A service with a gateway at which Germany has six DSCs; it syncs and publishes when a test says so.
/// </summary>
public abstract class GermanyBeside : IAsyncLifetime
{
    private protected readonly StandInGateway gateway = new();
    private protected readonly Country germany = new("DE");
    private protected readonly Holder dsc;
    private protected readonly string www = Directory.CreateTempSubdirectory("issuer-www-").FullName;

    private protected RunningService service = null!;
    private protected HttpClient anybody = null!;

    protected GermanyBeside() => dsc = germany.Signer();

    public async Task InitializeAsync()
    {
        await gateway.InitializeAsync();
        service = new RunningService { Gateway = gateway.Options };
        await service.InitializeAsync();
        gateway.LayKeys(service.Issuer);
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

    private protected Task<GatewayRound> SyncAsync() =>
        service.SyncAsync(gateway.Options);

    private protected async Task SyncWellAsync()
    {
        var round = await SyncAsync();
        Assert.True(
            round.IsGood,
            string.Join("; ", round.Failed.Select(failure => failure.ToString()).Concat(round.Refused)));
    }

    /// <summary>With the lists' round, then a round of the service as it is by itself.</summary>
    private protected async Task PublishAsync()
    {
        await service.Get<PublishRound>().RunAsync(isForced: true, www, default);
        await service.RoundAsync();
    }

    private protected async Task SqlAsync(string sql)
    {
        await using var database = await Database.OpenAsync(null, service.Get<DataFolder>().Path, default);
        await database.WriteAsync(session => session.ExecuteAsync(sql), default);
    }

    private protected async Task<JsonElement> JudgeAsync(string hc1, string? at = null) =>
        await anybody.PostAsJsonAsync("/v1/verify", new { hc1, at }).JsonAsync(HttpStatusCode.OK);

    private protected async Task<string> VerdictAsync(string hc1) =>
        (await JudgeAsync(hc1)).GetProperty("verdict").GetString()!;

    /// <summary>The program in a folder of its own, with nothing but what it is told.</summary>
    private protected static (int ExitCode, string Output, string Errors) Issuer(
        string? input, params string[] arguments)
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

    private protected string VerdictByProgram(string hc1, params string[] lists)
    {
        var (_, output, errors) = Issuer(hc1, [
            "verify", "-", "--anchor", Path.Combine(www, TrustListFiles.AnchorPath), "--at",
            service.Now.ToString("O", CultureInfo.InvariantCulture), .. lists]);
        Assert.True(output.Length > 0, errors);
        return JsonDocument.Parse(output).RootElement.GetProperty("verdict").GetString()!;
    }

    private protected static byte[] SignatureHash(string hc1)
    {
        Assert.True(HcertReader.TryRead(hc1, out var hcert, out _));
        return RevocationHash.OfSignature(hcert.Algorithm, hcert.Signature.Span).ToBytes();
    }

    private protected async Task<double> MetricAsync(string name) => (await anybody.MetricsAsync())[name];
}
