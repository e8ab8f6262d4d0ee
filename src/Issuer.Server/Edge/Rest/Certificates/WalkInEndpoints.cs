using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Issuer.Core.Certificates;
using Issuer.Server.Edge.Access;
using Issuer.Server.Edge.Http;
using Issuer.Server.Features.Certificates;
using Issuer.Server.Hosting;
using Microsoft.AspNetCore.Mvc;

namespace Issuer.Server.Edge.Rest.Certificates;

/// <summary>
/// <c>/v1/records/{id}/certificate</c>: whoever has no app is given their current certificate by the facility that
/// entered a dose of theirs. Every fetch leaves an audit row before it is answered.
/// </summary>
static class WalkInEndpoints
{
    public static void MapWalkIn(this IEndpointRouteBuilder routes)
    {
        var walkIn = routes.MapGroup("/v1/records/{id}/certificate").WithTags("Records");
        walkIn.MapGet("", FindAsync).For(Roles.FacilityClerk, Roles.FacilitySignatory)
            .WithSummary("The current certificate of the person whose dose this facility entered")
            .Produces<WalkInView>().Produces(StatusCodes.Status304NotModified).Refuses(404);
        walkIn.MapGet("/qr.png", PngAsync).For(Roles.FacilityClerk, Roles.FacilitySignatory)
            .WithSummary("Its QR as a PNG; print_mm is the diagonal to print it at")
            .Produces<Stream>(StatusCodes.Status200OK, "image/png").Refuses(400, 404);
    }

    static async Task<IResult> FindAsync(
        HttpContext http, string id, ClaimsPrincipal user, WalkIn walkIn, PathIds ids, CancellationToken cancel)
    {
        var certificate = await CurrentAsync(id, user, walkIn, ids, cancel);
        return Conditional.Json(http, new WalkInView(
            ids.Certificates.Of(certificate.Slot.Value), certificate.IssuedAt, certificate.ExpiresAt, certificate.Uvci,
            certificate.ToHc1()));
    }

    static async Task<IResult> PngAsync(
        HttpContext http, string id, ClaimsPrincipal user, WalkIn walkIn, PathIds ids,
        [FromQuery(Name = "print_mm"), Range(QrPicture.SmallestPrint, QrPicture.LargestPrint)] int? printDiagonal,
        CancellationToken cancel)
    {
        HolderEndpoints.RequirePrintSize(printDiagonal);
        var certificate = await CurrentAsync(id, user, walkIn, ids, cancel);
        return HolderEndpoints.Picture(http, QrPicture.Png(certificate.ToHc1(), printDiagonal), "image/png");
    }

    static async Task<IssuedCertificate> CurrentAsync(
        string id, ClaimsPrincipal user, WalkIn walkIn, PathIds ids, CancellationToken cancel)
    {
        var facility = Caller.FacilityOf(user);
        var result = ids.Records.TryRead(id, out var record)
            ? await walkIn.FetchAsync(record, facility, Caller.SubjectOf(user), cancel)
            : WalkIn.Nothing;
        return result.IsRefused(out var why, out var certificate) ? throw new RefusedException(why) : certificate;
    }
}
