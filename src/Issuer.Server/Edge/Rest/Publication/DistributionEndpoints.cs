using Issuer.Server.Edge.Access;
using Issuer.Server.Edge.Http;
using Issuer.Server.Features.Publication;
using Issuer.Server.Hosting.Stores;
using Microsoft.AspNetCore.Mvc;

namespace Issuer.Server.Edge.Rest.Publication;

/// <summary>The headers of every question after <c>/lists</c>.</summary>
/// <param name="Match">The ETag of <c>/lists</c>, quoted or bare: answers are of one publication.</param>
/// <param name="Since">Nothing that is older; RFC 3339 or an HTTP date.</param>
/// <param name="Filter">BLOOMFILTER, unless it says VARHASHLIST.</param>
sealed record DistributionHeaders(
    [FromHeader(Name = "If-Match")] string? Match, [FromHeader(Name = "If-Modified-Since")] string? Since,
    [FromHeader(Name = DistributionHeaders.FilterName)] string? Filter)
{
    public const string FilterName = "X-SLICE-FILTER-TYPE";
}

/// <summary>
/// The revocation lists as the EU's verifier apps call them (dgca-revocation-distribution-service; standards/eu-dcc.md
/// 2.4): everything from the published folder, nothing signed, no store asked.
/// </summary>
static class DistributionEndpoints
{
    const string Partition = "/{kid}/partitions/{id}";
    const string Chunk = Partition + "/chunks/{cid}/slices";

    public static void MapDistribution(this IEndpointRouteBuilder routes)
    {
        var data = routes.ServiceProvider.GetRequiredService<DataFolder>();
        var asked = new DistributionQuestions(new PublishedDistribution(data.Published));
        var lists = routes.MapGroup("/lists").WithTags("Revocation distribution").AsPublished();
        lists.MapGet("", (HttpContext http) => asked.Lists(http))
            .WithSummary("The DSCs that signed something revoked; its ETag goes into every other question")
            .Produces<IReadOnlyList<ListView>>().Produces(StatusCodes.Status304NotModified).Refuses(404);
        Describe<IReadOnlyList<PartitionView>>(lists.MapGet(
            "/{kid}/partitions", (HttpContext http, string kid, [AsParameters] DistributionHeaders headers) =>
                asked.Partitions(http, kid, headers)), "The partitions of a DSC: which slices there are");
        Describe<PartitionView>(lists.MapGet(
            Partition, (HttpContext http, string kid, string id, [AsParameters] DistributionHeaders headers) =>
                asked.Partition(http, kid, id, headers)), "One partition; null is the name of the only one");
        Describe(lists.MapPost(Partition + "/slices",
            (HttpContext http, string kid, string id, [AsParameters] DistributionHeaders headers, string[]? cids) =>
                asked.Slices(http, new SliceQuestion(kid, id, Chunks: cids), headers)),
            "The slices of a partition, or of these chunks of it").Refuses(413);
        Describe(lists.MapGet(Chunk,
            (HttpContext http, string kid, string id, string cid, [AsParameters] DistributionHeaders headers) =>
                asked.Slices(http, new SliceQuestion(kid, id, cid), headers)), "The slices of a chunk");
        Describe(lists.MapPost(Chunk, (HttpContext http, string kid, string id, string cid,
                [AsParameters] DistributionHeaders headers, string[]? sids) =>
                asked.Slices(http, new SliceQuestion(kid, id, cid, Sids: sids), headers)),
            "The slices of a chunk, or these of them").Refuses(413);
        Describe(lists.MapGet(Chunk + "/{sid}", (HttpContext http, string kid, string id, string cid,
                string sid, [AsParameters] DistributionHeaders headers) =>
                asked.Slices(http, new SliceQuestion(kid, id, cid, Sid: sid), headers)), "One slice");
    }

    static void Describe<T>(RouteHandlerBuilder route, string summary) =>
        Describe(route.Produces<T>(), summary, isArchive: false);

    static RouteHandlerBuilder Describe(RouteHandlerBuilder route, string summary, bool isArchive = true) =>
        (isArchive ? route.Produces<Stream>(StatusCodes.Status200OK, SliceArchive.ContentType) : route)
        .WithSummary(summary)
        .WithDescription("If-Match is the ETag of /lists; 412 says that the lists changed: fetch /lists again. "
            + "If-Modified-Since leaves out what is not newer. X-SLICE-FILTER-TYPE is BLOOMFILTER, unless it says "
            + "VARHASHLIST.")
        .Produces(StatusCodes.Status304NotModified).Refuses(400, 404, 412);
}
