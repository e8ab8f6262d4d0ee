using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;

namespace Issuer.Server.Edge.Http;

/// <summary>The description that is committed, built in and served; a test compares it with the endpoints.</summary>
static class OpenApi
{
    public const string Document = "issuer";
    const string Bearer = "bearer";

    public static void AddIssuerOpenApi(this IServiceCollection services) =>
        services.AddOpenApi(Document, options => options
            .AddDocumentTransformer(Describe)
            .AddOperationTransformer(DescribeAccess)
            .AddOperationTransformer(DescribeEdges));

    /// <summary>Beside JSON, to whoever asks by Accept: in the framework's metadata a status has one type.</summary>
    public static TBuilder AlsoProducesCsv<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new CsvToo());

    /// <summary>The version that is corrected, which <see cref="Conditional.VersionOf"/> reads.</summary>
    public static TBuilder NeedsIfMatch<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new HeaderParameter(
            HeaderNames.IfMatch, "The ETag of the version that you read.", IsRequired: true));

    public static TBuilder TakesIdempotencyKey<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new HeaderParameter(
            IdempotencyKey.Header, "A repeated request with the same key gets the result of the first one.",
            IsRequired: false));

    /// <summary>Says with which statuses an endpoint refuses.</summary>
    public static TBuilder Refuses<TBuilder>(this TBuilder endpoint, params int[] statuses)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(
            [.. statuses.Select(s => new ProducesResponseTypeMetadata(s, typeof(Problem), [Problem.ContentType]))]);

    static Task Describe(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancel)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Issuer",
            Version = "v1",
            Description = "Vaccination records in, verified QR certificates (EU DCC) out. Every refusal is a problem "
                + "document (RFC 9457) that lists all faults. Ids in paths are opaque.",
        };
        // Where it is served from is the caller's to know.
        document.Servers = [new OpenApiServer { Url = "/", Description = "Wherever this was fetched from" }];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Bearer] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                BearerFormat = "JWT",
                Description = "A token of the OIDC issuer; its roles and claims decide what it may do.",
            },
        };
        return Task.CompletedTask;
    }

    /// <summary>What is read off the request and not bound, what every list has, an answer's other form.</summary>
    static Task DescribeEdges(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancel)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<CsvToo>().Any())
        {
            operation.Responses!["200"].Content!["text/csv"] =
                new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
        }
        foreach (var header in metadata.OfType<HeaderParameter>())
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = header.Name, In = ParameterLocation.Header, Required = header.IsRequired,
                Description = header.Description, Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            });
        }
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
        {
            // Wherever it is taken, nothing is answered without it.
            parameter.Required |= parameter.Name == HeaderNames.IfMatch;
            parameter.Description ??= parameter.Name switch
            {
                "after" => "The next of the piece before; nothing for the first.",
                "limit" => $"How many at most; {Page.Usual} when it is left out.",
                _ => null,
            };
        }
        return Task.CompletedTask;
    }

    sealed record CsvToo;

    sealed record HeaderParameter(string Name, string Description, bool IsRequired);

    static Task DescribeAccess(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancel)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<IAllowAnonymous>().Any())
        {
            operation.Security = [new OpenApiSecurityRequirement()];
            return Task.CompletedTask;
        }
        operation.Security =
        [
            new OpenApiSecurityRequirement
            {
                [new OpenApiSecuritySchemeReference(Bearer, context.Document)] = [],
            },
        ];
        var roles = metadata.OfType<AuthorizationPolicy>()
            .SelectMany(policy => policy.Requirements)
            .OfType<Microsoft.AspNetCore.Authorization.Infrastructure.RolesAuthorizationRequirement>()
            .SelectMany(requirement => requirement.AllowedRoles);
        operation.Description = $"{operation.Description} Roles: {string.Join(", ", roles)}.".TrimStart();
        return Task.CompletedTask;
    }
}
