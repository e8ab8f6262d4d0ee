using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using System.Text;
using Issuer.Core;
using Issuer.Core.Certificates;
using Issuer.Core.Records;
using Issuer.Server.Edge.Access;
using Issuer.Server.Edge.Http;
using Issuer.Server.Features.Certificates;
using Issuer.Server.Hosting;
using Issuer.Server.Hosting.Stores;
using Microsoft.AspNetCore.Mvc;

namespace Issuer.Server.Edge.Rest.Certificates;

/// <summary><c>/v1/me</c>: step 10, a holder's own certificates; somebody else's are not there.</summary>
static class HolderEndpoints
{
    const string NotDrawn = "410: it is revoked, 409: it is suspended; detail and fault say why and what to do. A "
        + "superseded one is drawn until it expires.";

    static readonly Rejection NotTheirs = new(
        RejectionKind.NotFound, "this holder has no certificate with this id");

    public static void MapHolder(this IEndpointRouteBuilder routes)
    {
        var mine = routes.MapGroup("/v1/me/certificates").WithTags("Holder").ForHolder();
        mine.MapGet("", ListAsync)
            .WithSummary("The holder's certificates, newest first, and those of children under 16 whom the token lists")
            .Produces<CertificateListView>().Produces(StatusCodes.Status304NotModified);
        mine.MapGet("/{id}", FindAsync)
            .WithSummary("One certificate with its HC1 text, what it certifies, and all doses of the person")
            .WithDescription("certified is read from the signed bytes. doses are those on record today, also later "
                + "ones and corrected ones, which this certificate does not have to include.")
            .Produces<CertificateDetailView>().Produces(StatusCodes.Status304NotModified).Refuses(404);
        mine.MapGet("/{id}/qr.png", Drawn("image/png", QrPicture.Png))
            .WithSummary("The QR as a PNG; print_mm is the diagonal to print it at")
            .WithDescription(NotDrawn)
            .Produces<Stream>(StatusCodes.Status200OK, "image/png").Refuses(400, 404, 409, 410);
        mine.MapGet("/{id}/qr.svg", Drawn(
                "image/svg+xml", (hc1, printDiagonal) => Encoding.UTF8.GetBytes(QrPicture.Svg(hc1, printDiagonal))))
            .WithSummary("The QR as an SVG; print_mm is the diagonal to print it at")
            .WithDescription(NotDrawn)
            .Produces<string>(StatusCodes.Status200OK, "image/svg+xml").Refuses(400, 404, 409, 410);
    }

    static async Task<IResult> ListAsync(
        HttpContext http, ClaimsPrincipal user, NationalClock clock, FamilyCertificates family, PathIds ids,
        CancellationToken cancel)
    {
        var certificates = await family.ListAsync(Caller.FamilyOf(user), cancel);
        var now = clock.Now;
        return Conditional.Json(
            http, ListEtag.Of(certificates, now),
            () => new CertificateListView(
                [.. certificates.Select(c => CertificateView.Of(c.Certificate, ids, now, c.Dependant))]));
    }

    static async Task<IResult> FindAsync(
        HttpContext http, string id, ClaimsPrincipal user, NationalClock clock, FamilyCertificates family,
        PathIds ids, FetchAudit fetches,
        CancellationToken cancel)
    {
        var found = ids.Certificates.TryRead(id, out var slot)
            ? await family.FindWithDosesAsync(Caller.FamilyOf(user), slot, cancel)
            : null;
        if (found is not var (certificate, doses))
        {
            return Problem.Of(NotTheirs);
        }
        fetches.Add(Caller.AppOf(user), certificate);
        var state = certificate.StateAt(clock.Now);
        return Conditional.Json(http, new CertificateDetailView(
            id, Kebab.Of(state.ToString()), certificate.IssuedAt, certificate.ExpiresAt, certificate.Uvci,
            certificate.ToHc1(), certificate.Predecessor is { } before ? ids.Certificates.Of(before.Value) : null,
            certificate.Cause is { } cause ? Kebab.Of(cause.ToString()) : null,
            SuccessionText.Of(state, certificate.Cause), CertifiedView.Of(certificate),
            [.. doses.Select(d => DoseView.Of(d.Record))]));
    }

    /// <summary>The QR of one of the holder's certificates, as a picture of a kind.</summary>
    static Delegate Drawn(string type, Func<string, int?, byte[]> draw) => async (
        HttpContext http, string id, ClaimsPrincipal user, NationalClock clock, FamilyCertificates family,
        PathIds ids, FetchAudit fetches,
        [FromQuery(Name = "print_mm"), Range(QrPicture.SmallestPrint, QrPicture.LargestPrint)] int? printDiagonal,
        CancellationToken cancel) =>
    {
        RequirePrintSize(printDiagonal);
        var certificate = (ids.Certificates.TryRead(id, out var slot)
            ? await family.FindAsync(Caller.FamilyOf(user), slot, cancel)
            : null) ?? throw new RefusedException(NotTheirs);
        RefusedException.ThrowIf(DecideDelivery.Refuse(certificate, clock.Now));
        fetches.Add(Caller.AppOf(user), certificate);
        return Picture(http, draw(certificate.ToHc1(), printDiagonal), type);
    };

    public static IResult Picture(HttpContext http, byte[] picture, string type) =>
        Conditional.Bytes(http, picture, type, Conditional.EtagOf(picture), Conditional.Unstored);

    public static void RequirePrintSize(int? diagonal)
    {
        if (diagonal is < QrPicture.SmallestPrint or > QrPicture.LargestPrint)
        {
            Query.ThrowIf(new Fault(
                "print_mm", RequestFaultCode.OutOfRange,
                Expected.Between(QrPicture.SmallestPrint, QrPicture.LargestPrint)));
        }
    }
}
