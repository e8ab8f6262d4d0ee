using Issuer.Server.Edge.Access;
using Issuer.Server.Edge.Http;

namespace Issuer.Server.Edge.Rest.Description;

/// <summary>
/// <c>/openapi/issuer.json</c>: the committed file, as it was built in. Nothing is described while serving; a test
/// holds that the file says what the endpoints do.
/// </summary>
static class PreparedDescription
{
    const string File = "issuer.json";

    public static void MapDescription(this IEndpointRouteBuilder routes)
    {
        using var built = typeof(PreparedDescription).Assembly.GetManifestResourceStream(File)!;
        var bytes = new byte[built.Length];
        built.ReadExactly(bytes);
        var etag = Conditional.EtagOf(bytes);
        routes.MapGet($"/openapi/{File}", (HttpContext http) =>
                Conditional.Bytes(http, bytes, "application/json; charset=utf-8", etag, Conditional.Public))
            .AsPublished().ExcludeFromDescription();
    }
}
