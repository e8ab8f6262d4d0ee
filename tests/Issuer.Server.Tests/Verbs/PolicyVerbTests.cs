using System.Text.Json;
using Issuer.Server.Features;
using Issuer.Server.Hosting.Stores;

namespace Issuer.Server.Tests.Verbs;

/// <summary><c>issuer policy</c> as it is typed.</summary>
public sealed class PolicyVerbTests : IDisposable
{
    readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("issuer-policy-");

    [Fact]
    public async Task Check_names_every_fault_with_its_path_and_makes_no_store()
    {
        var (exit, output, error) = await RunAsync(
            "Production", "policy", "check", Written("""{"kind":"exempt-cap","validFrom":"2026","least":1.5,"x":0}"""),
            "--json");

        Assert.Equal(1, exit);
        Assert.Equal(
            [
                "validFrom: must be a day such as 2026-09-02", "least: must be a whole number from 0 to 100000",
                "percent: is missing", "x: is not a known member",
            ],
            error.TrimEnd().Split('\n'));
        Assert.Equal(
            ["validFrom", "least", "percent", "x"],
            JsonDocument.Parse(output).RootElement.GetProperty("faults").EnumerateArray()
                .Select(fault => fault.GetProperty("path").GetString()));
        Assert.Equal(["policy.json"], directory.EnumerateFileSystemInfos().Select(entry => entry.Name));
    }

    [Fact]
    public async Task In_Development_an_import_holds_at_once_and_show_tells_since_when()
    {
        await OpenStoreAsync("Development");
        var file = Written("""{"kind":"exempt-cap","validFrom":"2026-01-01","least":7,"percent":5}""");
        var (exit, _, error) = await RunAsync("Development", "policy", "import", file, "--data", Data);
        Assert.Equal((0, ""), (exit, error));

        var (_, output, _) = await RunAsync("Development", "policy", "show", "exempt-cap", "--json", "--data", Data);
        var holds = JsonDocument.Parse(output).RootElement.GetProperty("policies")[0].GetProperty("holds");
        Assert.Equal(
            (1, "2026-01-01", 7),
            (holds.GetProperty("version").GetInt32(), holds.GetProperty("validFrom").GetString(),
                holds.GetProperty("document").GetProperty("least").GetInt32()));
        var (again, _, why) = await RunAsync("Development", "policy", "import", file, "--data", Data);
        Assert.Equal((1, "version 1 of exempt-cap says the same"), (again, why.Trim()));
    }

    [Fact]
    public async Task Outside_Development_an_import_wants_a_token_and_changes_nothing_without_one()
    {
        await OpenStoreAsync("Production");
        var (exit, _, error) = await RunAsync(
            "Production", "policy", "import",
            Written("""{"kind":"exempt-cap","validFrom":"2026-01-01","least":7,"percent":5}"""), "--data", Data);
        Assert.Equal(1, exit);
        Assert.Contains("--token", error, StringComparison.Ordinal);

        var (_, output, _) = await RunAsync("Production", "policy", "show", "exempt-cap", "--json", "--data", Data);
        Assert.Equal(
            "shipped", JsonDocument.Parse(output).RootElement.GetProperty("policies")[0].GetProperty("holds")
                .GetProperty("origin").GetString());
    }

    string Data => Path.Combine(directory.FullName, "data");

    public void Dispose() => directory.Delete(recursive: true);

    async Task OpenStoreAsync(string environment)
    {
        await using var issuer = await IssuerServices.OpenAsync(
            new StoreSetup(Data, Opened.NoSettings, TimeProvider.System) { Environment = environment }, default);
        await issuer.Get<EnterStore>().RunAsync(default);
    }

    string Written(string json)
    {
        var path = Path.Combine(directory.FullName, "policy.json");
        File.WriteAllText(path, json);
        return path;
    }

    static Task<(int Exit, string Output, string Error)> RunAsync(string environment, params string[] arguments) =>
        TypedProgram.RunAsync(environment, arguments);
}
