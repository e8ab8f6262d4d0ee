using System.Diagnostics;
using System.Net;
using System.Text.Json;

namespace Issuer.Server.Tests;

/// <summary>The program as it is started: <c>issuer serve</c>.</summary>
public sealed class ServeVerbTests : IDisposable
{
    readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("issuer-serve-");

    [Fact]
    public async Task Serve_with_a_demo_says_where_it_listens_and_stops_when_told()
    {
        using var serve = Start("serve", "--demo", "--json", "--urls", "http://127.0.0.1:0");
        try
        {
            var line = await serve.StandardOutput.ReadLineAsync().EndsAsync();
            var address = JsonDocument.Parse(line!).RootElement.GetProperty("addresses")[0].GetString()!;
            using var client = new HttpClient { BaseAddress = new Uri(address) };
            await client.GetAsync("/healthz/ready").JsonAsync(HttpStatusCode.OK);
            var list = await client.GetAsync("/v1/trust-list").JsonAsync(HttpStatusCode.OK);
            Assert.NotEqual(0, list.GetArrayLength());

            using var kill = Process.Start("kill", ["-TERM", $"{serve.Id}"]);
            await serve.WaitForExitAsync().EndsAsync();
            Assert.Equal(0, serve.ExitCode);
            Assert.Equal("", await serve.StandardOutput.ReadToEndAsync());
        }
        finally
        {
            serve.Kill();
        }
    }

    [Fact]
    public async Task Serve_outside_Development_needs_an_authority()
    {
        using var serve = Start("serve");
        await serve.WaitForExitAsync().EndsAsync();
        Assert.Equal(1, serve.ExitCode);
        Assert.Contains("Auth__Authority", await serve.StandardError.ReadToEndAsync(), StringComparison.Ordinal);
    }

    public void Dispose() => directory.Delete(recursive: true);

    Process Start(params string[] arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "issuer.dll");
        var start = new ProcessStartInfo("dotnet", [program, .. arguments, "--data", directory.FullName])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("ASPNETCORE_ENVIRONMENT");
        start.Environment.Remove("DOTNET_ENVIRONMENT");
        return Process.Start(start)!;
    }
}
