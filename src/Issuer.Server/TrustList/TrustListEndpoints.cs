using Issuer.Core;
using Issuer.Core.TrustLists;
using Issuer.Server.Hosting;
using Issuer.Server.Http;

namespace Issuer.Server.TrustList;

/// <summary>
/// <c>/v1/trust-list</c>: the published files as they are. A request never signs and never asks the store.
/// </summary>
static class TrustListEndpoints
{
    public static void MapTrustList(this IEndpointRouteBuilder routes)
    {
        var directory = routes.ServiceProvider.GetRequiredService<Workplace>().PublishedDirectory;
        var list = new PublishedFile(Path.Combine(directory, PublishTrustList.ListPath), "application/json");
        var anchor = new PublishedFile(Path.Combine(directory, PublishTrustList.AnchorPath), "application/x-pem-file");
        var trust = routes.MapGroup("/v1/trust-list").WithTags("Trust list").AllowAnonymous();
        trust.MapGet("", (HttpContext http) => list.Answer(http))
            .WithSummary("CSCAs and DSCs in the EU gateway's item shape, each signed by the anchor")
            .Produces<IReadOnlyList<TrustListItem>>()
            .Produces(StatusCodes.Status304NotModified).Refuses(503);
        trust.MapGet("/anchor", (HttpContext http) => anchor.Answer(http))
            .WithSummary("The trust anchor's certificate in PEM; believe it only from a second source")
            .Produces<string>(StatusCodes.Status200OK, "application/x-pem-file")
            .Produces(StatusCodes.Status304NotModified).Refuses(503);
    }
}

/// <summary>A file that is replaced whole when something new is published; kept in memory until then.</summary>
sealed class PublishedFile(string path, string contentType)
{
    const string Shared = "public, max-age=300";

    volatile Content? current;

    public IResult Answer(HttpContext http)
    {
        var content = Read();
        return content is null
            ? Problem.Of(new Rejection(RejectionKind.Unavailable, "nothing has been published yet"))
            : Conditional.Bytes(http, content.Bytes, contentType, content.Etag, Shared);
    }

    Content? Read()
    {
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            return null;
        }
        var written = file.LastWriteTimeUtc;
        if (current is { } known && known.Written == written)
        {
            return known;
        }
        var bytes = File.ReadAllBytes(path);
        return current = new Content(written, bytes, Conditional.EtagOf(bytes));
    }

    sealed record Content(DateTime Written, byte[] Bytes, string Etag);
}
