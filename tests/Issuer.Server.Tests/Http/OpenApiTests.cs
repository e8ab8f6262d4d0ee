using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Issuer.Server.Tests.Http;

/// <summary>The committed description is the served one; <c>ISSUER_REWRITE_GOLDEN=1</c> rewrites it.</summary>
public sealed class OpenApiTests(RunningService service) : IClassFixture<RunningService>
{
    static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    [Fact]
    public async Task The_committed_description_is_what_is_served()
    {
        using var client = service.Client();
        var served = JsonNode.Parse(await client.GetStringAsync("/openapi/issuer.json"))!.ToJsonString(Indented) + "\n";
        var path = Path.Combine(FolderOfThisFile(), "../../../openapi/issuer.json");
        if (Environment.GetEnvironmentVariable("ISSUER_REWRITE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, served);
        }
        Assert.Equal(await File.ReadAllTextAsync(path), served);
    }

    [Fact]
    public async Task Every_operation_says_what_it_does_and_how_it_refuses()
    {
        using var client = service.Client();
        var paths = JsonNode.Parse(await client.GetStringAsync("/openapi/issuer.json"))!["paths"]!.AsObject();
        foreach (var (path, operations) in paths)
        {
            foreach (var (method, operation) in operations!.AsObject())
            {
                Assert.True(operation!["summary"] is not null, $"{method} {path} has no summary");
                var isPublic = operation["security"] is null;
                Assert.True(isPublic || operation["responses"]!["401"] is not null, $"{method} {path} has no 401");
            }
        }
    }

    static string FolderOfThisFile([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
