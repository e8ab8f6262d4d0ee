using System.Diagnostics;
using System.Text.Json;
using Issuer.Server.Tests.Access;

namespace Issuer.Server.Tests.Verbs;

/// <summary>
/// A store outside Development as it is run: every verb and the service a process of its own, tokens from an identity
/// provider by https.
/// </summary>
public abstract class RealProgram : IAsyncLifetime
{
    readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("issuer-real-");

    private protected IdentityProvider Ours { get; private set; } = null!;

    /// <summary>Of somebody with a shell: the same machine trusts its certificate.</summary>
    private protected IdentityProvider Theirs { get; private set; } = null!;

    private protected string Data => Path.Combine(directory.FullName, "data");

    string Certificates => Path.Combine(directory.FullName, "trusted.pem");

    public async Task InitializeAsync()
    {
        Ours = await IdentityProvider.StartAsync(Certificates);
        Theirs = await IdentityProvider.StartAsync(Certificates);
    }

    private protected string FileOf(string name, string content)
    {
        var path = PathOf(name);
        File.WriteAllText(path, content);
        return path;
    }

    private protected string PathOf(string name) => Path.Combine(directory.FullName, name);

    /// <summary>A verb on the store, with the settings of this provider.</summary>
    private protected Task<(int Exit, string Output, string Error)> RunAsync(
        IdentityProvider provider, string? token, params string[] verb) =>
        RunAsync(new Dictionary<string, string>
        {
            ["Auth__Authority"] = provider.Issuer, ["ISSUER_TOKEN"] = token ?? "",
        }, [.. verb, "--data", Data]);

    private protected async Task<(int Exit, string Output, string Error)> RunAsync(
        IReadOnlyDictionary<string, string> variables, params string[] arguments)
    {
        using var program = Start(variables, arguments);
        var (output, error) = (program.StandardOutput.ReadToEndAsync(), program.StandardError.ReadToEndAsync());
        await program.WaitForExitAsync().EndsAsync();
        return (program.ExitCode, await output, await error);
    }

    /// <summary>The service, until it is disposed of.</summary>
    private protected async Task<RealService> ServeAsync(IdentityProvider provider)
    {
        var serve = Start(
            new Dictionary<string, string> { ["Auth__Authority"] = provider.Issuer },
            ["serve", "--json", "--urls", "http://127.0.0.1:0", "--job-seconds", "1", "--data", Data]);
        var errors = serve.StandardError.ReadToEndAsync();
        var line = await serve.StandardOutput.ReadLineAsync().EndsAsync();
        Assert.True(line is not null, line is null ? await errors : "");
        return new RealService(
            serve, JsonDocument.Parse(line!).RootElement.GetProperty("addresses")[0].GetString()!);
    }

    Process Start(IReadOnlyDictionary<string, string> variables, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "issuer.dll"), .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment.Remove("ASPNETCORE_ENVIRONMENT");
        start.Environment["DOTNET_ENVIRONMENT"] = "Production";
        start.Environment["SSL_CERT_FILE"] = Certificates;
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }
        return Process.Start(start)!;
    }

    public async Task DisposeAsync()
    {
        await Ours.DisposeAsync();
        await Theirs.DisposeAsync();
        directory.Delete(recursive: true);
    }
}

/// <summary>A service in a process of its own.</summary>
sealed class RealService(Process process, string address) : IAsyncDisposable
{
    public HttpClient Client(string token)
    {
        var client = new HttpClient { BaseAddress = new Uri(address) };
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        await process.WaitForExitAsync().EndsAsync();
        process.Dispose();
    }
}
