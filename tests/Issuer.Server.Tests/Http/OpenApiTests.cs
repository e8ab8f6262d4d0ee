using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Issuer.Server.Edge.Rest.Description;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Issuer.Server.Tests.Http;

/// <summary>The committed description is the served one; <c>ISSUER_REWRITE_GOLDEN=1</c> rewrites it.</summary>
public sealed class OpenApiTests(RunningService service) : IClassFixture<RunningService>
{
    static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    [Fact]
    public async Task The_committed_description_is_what_the_endpoints_do_and_what_is_served()
    {
        var described = await service.Services.GetRequiredKeyedService<IOpenApiDocumentProvider>("issuer")
            .GetOpenApiDocumentAsync();
        var served = JsonNode.Parse(await described.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1))!
            .ToJsonString(Indented) + "\n";
        var path = Path.Combine(FolderOfThisFile(), "../../../openapi/issuer.json");
        if (Environment.GetEnvironmentVariable("ISSUER_REWRITE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, served);
        }
        Assert.Equal(await File.ReadAllTextAsync(path), served);
        using var client = service.Client();
        Assert.Equal(served, await client.GetStringAsync("/openapi/issuer.json"));
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
                var isPublic = operation["security"]!.ToJsonString() == "[{}]";
                Assert.True(isPublic || operation["responses"]!["401"] is not null, $"{method} {path} has no 401");
            }
        }
    }

    [Fact]
    public async Task Every_operation_has_a_name_of_its_own_and_every_body_an_example()
    {
        using var client = service.Client();
        var description = JsonNode.Parse(await client.GetStringAsync("/openapi/issuer.json"))!;
        var operations = description["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject())
            .Select(operation => operation.Value!).ToList();
        var names = operations.ConvertAll(operation => operation["operationId"]!.GetValue<string>());

        Assert.Equal(names.Count, names.Distinct().Count());
        Assert.All(names, name => Assert.Matches("^[a-z][A-Za-z]+$", name));
        foreach (var body in operations.Select(operation => operation["requestBody"]?["content"]?["application/json"])
            .OfType<JsonObject>()
            .Where(body => body["schema"]!.ToJsonString().Contains("$ref", StringComparison.Ordinal)))
        {
            Assert.True(body["example"] is not null, $"{body["schema"]!.ToJsonString()} has no example");
        }
    }

    [Fact]
    public async Task An_example_has_the_members_of_its_type_and_no_others()
    {
        using var client = service.Client();
        var schemas = JsonNode.Parse(await client.GetStringAsync("/openapi/issuer.json"))!["components"]!["schemas"]!;
        foreach (var type in BodyExamples.Types)
        {
            var (example, schema) = (BodyExamples.Of(type)!.AsObject(), schemas[type.Name]!);
            var members = schema["properties"]!.AsObject().Select(member => member.Key).ToHashSet();

            Assert.All(example, member => Assert.Contains(member.Key, members));
            Assert.All(
                schema["required"]?.AsArray() ?? [],
                name => Assert.True(example.ContainsKey(name!.GetValue<string>())));
        }
    }

    static string FolderOfThisFile([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
