using System.Security.Claims;
using Issuer.Core;
using Issuer.Core.Certificates;
using Issuer.Core.Revocation;
using Issuer.Hcert;
using Issuer.Server.Edge.Access;
using Issuer.Server.Edge.Http;
using Issuer.Server.Features.Certificates;
using Issuer.Server.Hosting.Stores;
using Issuer.Storage.Certificates;

namespace Issuer.Server.Edge.Rest.Revocation;

/// <summary>What became of a reported certificate.</summary>
/// <param name="State"><c>revoked</c>.</param>
/// <param name="Successor">The certificate to show from now on; null: none stands, or it is being made.</param>
sealed record LeakView(string Id, string State, string? Successor);

/// <summary><c>/v1/me/certificates/{id}/report-leak</c>: a holder's QR is in other hands.</summary>
static class LeakEndpoints
{
    public static void MapLeaks(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/me/certificates/{id}/report-leak", ReportAsync).ForHolder().WithTags("Holder")
            .WithSummary("Revoke a leaked certificate and get a new one at once")
            .WithDescription("Asked twice it answers the same. 429: too many of this holder's for now.")
            .Produces<LeakView>().Refuses(404, 409, 429);

    static async Task<IResult> ReportAsync(
        string id, ClaimsPrincipal user, NationalClock clock, RegenerateRound regenerate, HolderCertificates holders,
        RevokeCertificates revoke, PathIds ids, CancellationToken cancel)
    {
        var document = Caller.DocumentOf(user);
        if (!ids.Certificates.TryRead(id, out var slot) || slot >= Slot.Count)
        {
            return Problem.Of(new Rejection(RejectionKind.NotFound, "this holder has no certificate with this id"));
        }
        var reported = await revoke.ReportLeakAsync(
            document, new Slot(slot), clock.Act(Caller.SubjectOf(user)), cancel);
        if (reported.IsRefused(out var why, out var outcome))
        {
            return Problem.Of(why);
        }
        if (outcome.IsEnqueued)
        {
            await regenerate.RunOneAsync(outcome.Lineage, "report-leak", cancel);
        }
        var now = clock.Now;
        var current = (await holders.OfDocumentAsync(document, cancel))
            .FirstOrDefault(c => c.StateAt(now) == CertificateState.Current);
        return TypedResults.Ok(new LeakView(
            id, Kebab.Of(CertificateState.Revoked.ToString()),
            current is null ? null : ids.Certificates.Of(current.Slot.Value)));
    }
}
