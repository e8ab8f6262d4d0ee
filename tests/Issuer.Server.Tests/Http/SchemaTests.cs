using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Issuer.Server.Edge.Access;

namespace Issuer.Server.Tests.Http;

/// <summary>
/// Real answers against the description: a required member is there, one that is null may be null, and none is unknown.
/// Of what is sent, nothing that may be left out is required.
/// </summary>
public sealed class SchemaTests(RunningService service) : IClassFixture<RunningService>
{
    [Fact]
    public async Task Answers_are_what_their_schemas_say()
    {
        using var anyone = service.Client();
        var description = JsonDocument.Parse(await anyone.GetStringAsync("/openapi/issuer.json")).RootElement;
        await service.CertifyAsync(Person.Hoa);
        using var clerk = service.Clerk();
        var waiting = await clerk.SubmitAsync(new[] { Person.Duc.Dose("x", 1, "2026-08-01"), [] }, HttpStatusCode.OK);
        Fits(description, Schema(description, "SubmittedListView"), waiting, "submitted");
        await service.RoundAsync();
        using var citizen = service.Citizen(Person.Hoa.Number);
        using var ministry = service.Client(service.Token(Roles.MinistryOperator));
        var id = (await citizen.CertificatesAsync())[0].GetProperty("id").GetString();
        var asked = await ministry.PostAsJsonAsync(
            "/v1/revocations", new { reason = "fraud", because = "a test", facility = RunningService.Facility })
            .JsonAsync(HttpStatusCode.Accepted);
        Fits(description, Schema(description, "ApprovalView"), asked, "approval");

        foreach (var (client, path, template) in new (HttpClient, string, string)[]
        {
            (clerk, "/v1/records", "/v1/records"), (ministry, "/v1/worklist", "/v1/worklist"),
            (ministry, "/v1/approvals", "/v1/approvals"), (ministry, "/v1/holds", "/v1/holds"),
            (ministry, "/v1/holds/records", "/v1/holds/records"),
            (ministry, "/v1/policies", "/v1/policies"),
            (ministry, "/v1/duplicates", "/v1/duplicates"), (ministry, "/v1/progress?by=province", "/v1/progress"),
            (citizen, "/v1/me/certificates", "/v1/me/certificates"),
            (citizen, $"/v1/me/certificates/{id}", "/v1/me/certificates/{id}"),
            (citizen, "/v1/me/reports", "/v1/me/reports"),
            (anyone, "/healthz/ready", "/healthz/ready"),
        })
        {
            var schema = description.GetProperty("paths").GetProperty(template).GetProperty("get")
                .GetProperty("responses").GetProperty("200").GetProperty("content").GetProperty("application/json")
                .GetProperty("schema");
            Fits(description, schema, await client.GetAsync(path).JsonAsync(HttpStatusCode.OK), path);
        }
        var problem = await clerk.GetAsync("/v1/records?limit=0").JsonAsync(HttpStatusCode.BadRequest);
        Fits(description, Schema(description, "Problem"), problem, "problem");
    }

    [Fact]
    public async Task Nothing_that_may_be_null_is_required_of_whoever_sends_it()
    {
        using var anyone = service.Client();
        var description = JsonDocument.Parse(await anyone.GetStringAsync("/openapi/issuer.json")).RootElement;
        var bodies = description.GetProperty("components").GetProperty("schemas").EnumerateObject()
            .Where(s => s.Name.EndsWith("Body", StringComparison.Ordinal)
                || s.Name.EndsWith("Request", StringComparison.Ordinal));
        foreach (var body in bodies.Where(b => b.Value.TryGetProperty("required", out _)))
        {
            foreach (var name in body.Value.GetProperty("required").EnumerateArray())
            {
                Assert.False(
                    MayBeNull(body.Value.GetProperty("properties").GetProperty(name.GetString()!)),
                    $"{body.Name}.{name}");
            }
        }
    }

    [Fact]
    public async Task What_must_name_its_version_says_so()
    {
        using var anyone = service.Client();
        var paths = JsonDocument.Parse(await anyone.GetStringAsync("/openapi/issuer.json"))
            .RootElement.GetProperty("paths");
        foreach (var (path, method) in new[]
        {
            ("/v1/records/{id}", "put"), ("/v1/records/{id}/accept-suggestion", "post"),
            ("/v1/records/{id}/withdraw", "post"), ("/v1/reports/{id}/accept", "post"),
            ("/v1/reports/{id}/refuse", "post"),
        })
        {
            Assert.Contains(
                paths.GetProperty(path).GetProperty(method).GetProperty("parameters").EnumerateArray(),
                parameter => parameter.GetProperty("name").GetString() == "If-Match"
                    && parameter.GetProperty("required").GetBoolean());
        }
    }

    static JsonElement Schema(JsonElement description, string name) =>
        description.GetProperty("components").GetProperty("schemas").GetProperty(name);

    static void Fits(JsonElement description, JsonElement schema, JsonElement value, string at)
    {
        if (schema.TryGetProperty("$ref", out var reference))
        {
            schema = Schema(description, reference.GetString()!.Split('/')[^1]);
        }
        if (value.ValueKind == JsonValueKind.Null)
        {
            Assert.True(MayBeNull(schema), $"{at} is null");
            return;
        }
        if (schema.TryGetProperty("oneOf", out var either))
        {
            Fits(description, either.EnumerateArray().Single(s => !IsNull(s)), value, at);
            return;
        }
        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in value.EnumerateArray())
            {
                Fits(description, schema.GetProperty("items"), item, $"{at}[]");
            }
        }
        else if (value.ValueKind == JsonValueKind.Object && schema.TryGetProperty("properties", out var properties))
        {
            var required = schema.TryGetProperty("required", out var names)
                ? names.EnumerateArray().Select(n => n.GetString()!) : [];
            Assert.All(required, name => Assert.True(value.TryGetProperty(name, out _), $"{at}.{name} is missing"));
            foreach (var member in value.EnumerateObject())
            {
                Assert.True(
                    properties.TryGetProperty(member.Name, out var inner), $"{at}.{member.Name} is not described");
                Fits(description, inner, member.Value, $"{at}.{member.Name}");
            }
        }
        else
        {
            Assert.Contains(WordOf(value), Types(schema));
        }
    }

    static bool MayBeNull(JsonElement schema) => Types(schema).Contains("null")
        || (schema.TryGetProperty("oneOf", out var either) && either.EnumerateArray().Any(IsNull));

    static bool IsNull(JsonElement schema) => Types(schema).SequenceEqual(["null"]);

    static IEnumerable<string> Types(JsonElement schema) => !schema.TryGetProperty("type", out var type) ? []
        : type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(t => t.GetString()!)
        : [type.GetString()!];

    static string WordOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => "string",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind.Number => value.TryGetInt64(out _) ? "integer" : "number",
        _ => "object",
    };
}
