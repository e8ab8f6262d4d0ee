using Issuer.Server.Edge.Access;
using Issuer.Server.Edge.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;

namespace Issuer.Server.Edge.Rest.Description;

/// <summary>
/// What makes the description enough to write a client from: names of operations, closed lists, examples, the headers
/// of answers, and how everything else is refused. Used when the committed file is written, never while serving.
/// </summary>
static class DescribeApi
{
    const string Json = "application/json";

    public static void AddDescription(this IServiceCollection services) => services.Configure<OpenApiOptions>(
        OpenApi.Document, options => options
            .AddOperationTransformer(Name)
            .AddOperationTransformer(Exemplify)
            .AddOperationTransformer(DescribeAnswers)
            .AddSchemaTransformer(Close));

    static Task Name(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancel)
    {
        operation.OperationId = OperationIds.Of(
            context.Description.HttpMethod!, $"/{PathOf(context)}");
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
        {
            if (ClosedLists.OfParameter(PathOf(context), parameter.Name!) is { } words
                && parameter.Schema is OpenApiSchema schema)
            {
                schema.Enum = words.ToEnum(isNullable: false);
            }
        }
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<RecentAuthentication>().Any())
        {
            operation.Description =
                $"{operation.Description} The token's auth_time must be of the last 15 minutes.".TrimStart();
        }
        return Task.CompletedTask;
    }

    static string PathOf(OpenApiOperationTransformerContext context) => context.Description.RelativePath!
        .TrimEnd('/').Replace("{**", "{", StringComparison.Ordinal);

    static Task Exemplify(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancel)
    {
        var type = context.Description.ActionDescriptor.EndpointMetadata.OfType<IAcceptsMetadata>()
            .LastOrDefault()?.RequestType;
        if (BodyExamples.Of(type) is { } example && operation.RequestBody?.Content is { } content
            && content.TryGetValue(Json, out var body))
        {
            body.Example = example;
        }
        return Task.CompletedTask;
    }

    static Task DescribeAnswers(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancel)
    {
        var answers = operation.Responses!;
        answers["default"] = new OpenApiResponse
        {
            Description = "Refused otherwise: 503 and 507 while the store is away or full, 429 when asked too often.",
            Content = new Dictionary<string, OpenApiMediaType>
            {
                [Problem.ContentType] = new OpenApiMediaType
                {
                    Schema = new OpenApiSchemaReference(nameof(Problem), context.Document),
                },
            },
        };
        foreach (var (status, answer) in answers)
        {
            switch (status)
            {
                case "200" when answers.ContainsKey("304") || operation.OperationId == "getRecord":
                    Head(answer, HeaderNames.ETag, "Send it back as If-None-Match, or as If-Match to change it.");
                    break;
                case "201" or "202":
                    Head(answer, HeaderNames.Location, "Where it is, or how it goes on.");
                    break;
                case "401":
                    Head(answer, HeaderNames.WWWAuthenticate, "Bearer, and why a token was refused.");
                    break;
                case "415":
                    Head(answer, HeaderNames.AcceptEncoding, "identity, when the body was compressed.");
                    break;
                case "429" or "503" or "default":
                    Head(answer, HeaderNames.RetryAfter, "Seconds until it may be asked again, where that is known.");
                    break;
            }
        }
        if (operation.OperationId == "getNextSignerCertificate")
        {
            Head(answers["200"], "X-RESUME-TOKEN", "For the next one.");
            Head(answers["200"], "X-KID", "The kid of this one.");
        }
        return Task.CompletedTask;
    }

    static void Head(IOpenApiResponse answer, string name, string description)
    {
        if (answer is OpenApiResponse response)
        {
            response.Headers ??= new Dictionary<string, IOpenApiHeader>();
            response.Headers[name] = new OpenApiHeader
            {
                Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            };
        }
    }

    static Task Close(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancel)
    {
        if (context.JsonPropertyInfo is { AttributeProvider: System.Reflection.PropertyInfo member })
        {
            if (ClosedLists.Of(member.DeclaringType!, member.Name) is { } words)
            {
                schema.Enum = words.ToEnum(schema.Type?.HasFlag(JsonSchemaType.Null) == true);
            }
        }
        else if (context.JsonTypeInfo.Type == typeof(Problem))
        {
            schema.Examples = [BodyExamples.Of(typeof(Problem))!];
        }
        return Task.CompletedTask;
    }
}
