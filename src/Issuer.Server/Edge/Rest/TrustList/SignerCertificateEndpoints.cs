using System.Globalization;
using System.Text;
using Issuer.Core;
using Issuer.Server.Edge.Access;
using Issuer.Server.Edge.Http;
using Issuer.Server.Hosting.Stores;
using Issuer.Verification.TrustLists;
using Microsoft.AspNetCore.Mvc;

namespace Issuer.Server.Edge.Rest.TrustList;

/// <summary>
/// The verifier API as the EU apps call it (dgca-verifier-service; standards/eu-dcc.md 2.3): everything from the
/// published list, nothing signed, no store asked.
/// </summary>
static class SignerCertificateEndpoints
{
    const string ResumeToken = "X-RESUME-TOKEN";
    const string KidHeader = "X-KID";
    const int MostKids = 10_000;

    public static void MapSignerCertificates(this IEndpointRouteBuilder routes)
    {
        var list = new PublishedList(routes.ServiceProvider.GetRequiredService<DataFolder>());
        var trust = routes.MapGroup("").WithTags("Trust list").AsPublished();
        trust.MapGet("/signercertificateUpdate",
                (HttpContext http, [FromHeader(Name = ResumeToken)] string? token) => Next(http, list, token))
            .WithSummary("One DSC, the next after X-RESUME-TOKEN; 204 when there is no more")
            .Produces<string>(StatusCodes.Status200OK, "text/plain")
            .Produces(StatusCodes.Status204NoContent).Produces(StatusCodes.Status304NotModified).Refuses(400, 503);
        trust.MapPost("/signercertificateUpdate", (HttpContext http, string[] kids) => ByKids(http, list, kids))
            .WithSummary("The DSCs with these kids, by country")
            .Produces<IReadOnlyDictionary<string, SignerCertificate[]>>().Refuses(400, 413, 503);
        trust.MapGet("/signercertificateStatus",
                (HttpContext http) => Answer(http, list, content => content.Kids()))
            .WithSummary("The kids of all DSCs that are trusted")
            .Produces<IReadOnlyList<string>>().Produces(StatusCodes.Status304NotModified).Refuses(503);
        trust.MapGet("/signercertificateStatus/delta",
                (HttpContext http, [FromHeader(Name = "If-Modified-Since")] string? since) =>
                    Conditional.TryInstant(since, out var moment)
                        ? Answer(http, list, content => content.Since(moment))
                        : Malformed("If-Modified-Since is neither an RFC 3339 nor an HTTP date"))
            .WithSummary("The kids that came and went since If-Modified-Since (RFC 3339 or HTTP date), or all")
            .Produces<SignerCertificateDelta>().Produces(StatusCodes.Status304NotModified).Refuses(400, 503);
    }

    static IResult Next(HttpContext http, PublishedList list, string? token)
    {
        long? place = null;
        if (!string.IsNullOrEmpty(token))
        {
            if (!long.TryParse(token, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            {
                return Malformed($"{ResumeToken} is not a whole number");
            }
            place = number;
        }
        if (list.Read() is not { } content)
        {
            return Problem.Of(ServedFile.NothingYet);
        }
        http.Response.Headers.Vary = ResumeToken;
        if (content.After(place) is not { } next)
        {
            http.Response.Headers.CacheControl = Conditional.Public;
            return TypedResults.NoContent();
        }
        http.Response.Headers[ResumeToken] = next.Listed.ToString(CultureInfo.InvariantCulture);
        http.Response.Headers[KidHeader] = next.Kid;
        var body = Encoding.ASCII.GetBytes(next.RawData);
        return Conditional.Bytes(http, body, "text/plain", Conditional.EtagOf(body), Conditional.Public);
    }

    static IResult ByKids(HttpContext http, PublishedList list, string[] kids) => kids.Length > MostKids
        ? Problem.Of(new Rejection(RejectionKind.TooLarge, $"more than {MostKids} kids"))
        : Answer(http, list, content => content.Of(kids));

    static IResult Answer<T>(HttpContext http, PublishedList list, Func<TrustListContent, T> of) =>
        list.Read() is { } content
            ? Conditional.Json(http, of(content), Conditional.Public)
            : Problem.Of(ServedFile.NothingYet);

    static IResult Malformed(string why) => Problem.Of(new Rejection(RejectionKind.Malformed, why));
}
