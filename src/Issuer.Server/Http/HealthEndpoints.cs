using Issuer.Core;
using Issuer.Core.Pki;
using Issuer.Server.Hosting;

namespace Issuer.Server.Http;

/// <summary>A probe's answer.</summary>
sealed record HealthView(string Status);

/// <summary><c>/healthz</c>: whether the process runs, and whether it can do its work.</summary>
static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        var health = routes.MapGroup("/healthz").WithTags("Health").AllowAnonymous();
        health.MapGet("/live", () => TypedResults.Ok(new HealthView("live")))
            .WithSummary("Is the process alive?");
        health.MapGet("/ready", ReadyAsync)
            .WithSummary("Does the store answer, and is there a DSC that outlives what is issued now?")
            .Produces<HealthView>().Refuses(StatusCodes.Status503ServiceUnavailable);
    }

    public static async Task<bool> IsReadyAsync(Workplace place, CancellationToken cancel)
    {
        var dscs = await place.Store.Pki.DscsAsync(cancel);
        var now = place.Now;
        return ChooseDsc.For(dscs, owner: null, now, place.Validity.ExpiryOf(now)).Succeeded;
    }

    static async Task<IResult> ReadyAsync(Workplace place, CancellationToken cancel) =>
        await IsReadyAsync(place, cancel)
            ? TypedResults.Ok(new HealthView("ready"))
            : Problem.Of(new Rejection(RejectionKind.Unavailable, "no DSC outlives what would be issued now"));
}
