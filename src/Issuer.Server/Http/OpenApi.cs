using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Issuer.Server.Http;

/// <summary>The description at <c>/openapi/issuer.json</c>; a copy is committed and compared by a test.</summary>
static class OpenApi
{
    const string Document = "issuer";
    const string Bearer = "bearer";

    public static void AddIssuerOpenApi(this IServiceCollection services) =>
        services.AddOpenApi(Document, options => options
            .AddDocumentTransformer(Describe)
            .AddOperationTransformer(DescribeAccess));

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
        document.Servers = [];
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

    static Task DescribeAccess(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancel)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<IAllowAnonymous>().Any())
        {
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
