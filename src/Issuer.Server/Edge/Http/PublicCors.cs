using Microsoft.Net.Http.Headers;

namespace Issuer.Server.Edge.Http;

/// <summary>
/// Pages of any origin may read what anybody may have (Fetch standard, CORS protocol): there are no cookies here, so a
/// browser adds nothing that its page does not have itself. deploy/nginx.conf says the same.
/// </summary>
static class PublicCors
{
    public const string Policy = "public";

    static readonly TimeSpan PreflightKept = TimeSpan.FromHours(24);

    public static void AddPublicCors(this IServiceCollection services) => services.AddCors(cors => cors.AddPolicy(
        Policy,
        policy => policy.AllowAnyOrigin().AllowAnyHeader()
            .WithMethods(HttpMethods.Get, HttpMethods.Head, HttpMethods.Post)
            .WithExposedHeaders(HeaderNames.ETag, HeaderNames.RetryAfter, "X-RESUME-TOKEN", "X-KID")
            .SetPreflightMaxAge(PreflightKept)));
}
