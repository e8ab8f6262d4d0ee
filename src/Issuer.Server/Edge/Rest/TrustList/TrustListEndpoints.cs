using System.Buffers;
using Issuer.Core;
using Issuer.Server.Edge.Access;
using Issuer.Server.Edge.Http;
using Issuer.Server.Hosting;
using Issuer.Server.Hosting.Stores;
using Issuer.Verification.TrustLists;

namespace Issuer.Server.Edge.Rest.TrustList;

/// <summary>
/// <c>/v1/trust-list</c>: the published files as they are. A request never signs and never asks the store.
/// </summary>
static class TrustListEndpoints
{
    const int DigestLength = 64;

    static readonly SearchValues<char> Hexadecimal = SearchValues.Create("0123456789abcdef");

    public static void MapTrustList(this IEndpointRouteBuilder routes)
    {
        var data = routes.ServiceProvider.GetRequiredService<DataFolder>();
        var trust = routes.MapGroup("").WithTags("Trust list").AsPublished();
        var list = ServedFile.TrustList(data);
        trust.MapGet("/v1/trust-list", (HttpContext http) => list.Answer(http))
            .WithSummary("CSCAs and DSCs in the EU gateway's item shape, each signed by the anchor")
            .Produces<IReadOnlyList<TrustListItem>>()
            .Produces(StatusCodes.Status304NotModified).Refuses(503);
        trust.MapFile(data, "/v1/trust-list/anchor", TrustListFiles.AnchorPath, "application/x-pem-file",
            "The trust anchor's certificate in PEM; believe it only from a second source");
        trust.MapFile(data, "/v1/trust-list/list.jws", TrustListFiles.StatementPath, "application/jose",
            "The anchor's statement, renewed twice a day: sequence, issued, next, and the SHA-256 of the list beside "
                + "it");
        trust.MapFile(data, "/v1/trust-list/certificates.pem", TrustListFiles.PemPath, "application/x-pem-file",
            "CSCAs and DSCs in PEM, not signed");
        trust.MapFile(data, "/.well-known/jwks.json", TrustListFiles.JwksPath, "application/jwk-set+json",
            "DSCs as a JWK Set, not signed");
        trust.MapFile(data, "/.well-known/did.json", TrustListFiles.DidPath, "application/did+json",
            "CSCAs and DSCs in the shape of the WHO's DID trust list v2, with the anchor's proof");
        trust.MapFile(data, "/trust-anchor/did.json", TrustListFiles.AnchorDidPath, "application/did+json",
            "The anchor's key, where that proof says it is; believe it only from a second source");
        trust.MapGet("/v1/trust-list/list-{digest}.json",
                (HttpContext http, string digest) => Content(http, data, digest, TrustListFiles.ContentPath))
            .WithSummary("A list, named by its SHA-256 in lower-case hex; it never changes")
            .Produces<TrustListContent>().Produces(StatusCodes.Status304NotModified).Refuses(404);
        trust.MapGet("/v1/trust-list/foreign-{digest}.json",
                (HttpContext http, string digest) => Content(http, data, digest, TrustListFiles.ForeignPath))
            .WithSummary("Other countries' DSCs under the same statement, named by their SHA-256; it never changes")
            .Produces<ForeignTrustContent>().Produces(StatusCodes.Status304NotModified).Refuses(404);
    }

    static void MapFile(
        this IEndpointRouteBuilder routes, DataFolder data, string route, string path, string type, string summary)
    {
        var file = ServedFile.Of(data, path, type);
        routes.MapGet(route, (HttpContext http) => file.Answer(http))
            .WithSummary(summary).Produces<string>(StatusCodes.Status200OK, type)
            .Produces(StatusCodes.Status304NotModified).Refuses(503);
    }

    /// <summary>Lists of the past are answered too: somebody may hold a statement that names one.</summary>
    static IResult Content(HttpContext http, DataFolder data, string digest, Func<string, string> pathOf) =>
        digest.Length == DigestLength && !digest.AsSpan().ContainsAnyExcept(Hexadecimal)
        && FileWriter.Read(data.Published, pathOf(digest)) is { } json
            ? Conditional.Bytes(http, json, "application/json", digest, Conditional.Immutable)
            : Problem.Of(new Rejection(RejectionKind.NotFound, "there is no list of this name"));
}
