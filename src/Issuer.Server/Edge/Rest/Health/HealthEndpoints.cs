using System.Text.Json.Serialization;
using Issuer.Core;
using Issuer.Server.Edge.Access;
using Issuer.Server.Edge.Http;
using Issuer.Server.Features.Gateway;
using Issuer.Server.Features.Pki;
using Issuer.Server.Features.Publication;
using Issuer.Server.Hosting.Jobs;
using Issuer.Server.Hosting.Stores;

namespace Issuer.Server.Edge.Rest.Health;

/// <summary>A probe's answer.</summary>
/// <param name="Publication">Absent before this instance's first round.</param>
/// <param name="Gateway">Absent without a gateway, and before the first round with it.</param>
sealed record HealthView(
    string Status,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] RoundView? Publication = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] RoundView? Gateway = null);

/// <summary>How a job stands: what is out there stays good while it is refused something, but it grows old.</summary>
/// <param name="Refused">Why the last round changed nothing; null: it went well.</param>
sealed record RoundView(DateTimeOffset? LastSuccess, long Figure, string? Refused)
{
    public static RoundView? Of(RoundState state) => state.Good is null && state.Bad is null
        ? null
        : new RoundView(state.Good, state.Figure, state.Why);
}

/// <summary><c>/healthz</c>: whether the process runs, and whether it can do its work.</summary>
static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        var health = routes.MapGroup("/healthz").WithTags("Health").AsPublished();
        health.MapGet("/live", () => TypedResults.Ok(new HealthView("live")))
            .WithSummary("Is the process alive?");
        health.MapGet("/ready", ReadyAsync)
            .WithSummary("Does the store take a write, and does a DSC outlive certificates that are issued now?")
            .Produces<HealthView>().Refuses(503, 507);
    }

    static async Task<IResult> ReadyAsync(
        ActiveDscs dscs, HealthOfJobs jobs, WriteProbe probe, CancellationToken cancel)
    {
        if (await probe.RunAsync(cancel) is { } away)
        {
            return Problem.Of(away);
        }
        var (publication, gateway) = (jobs.Of(PublishJob.Name).State, jobs.Of(GatewayJob.Name).State);
        return await dscs.IsReadyAsync(cancel)
            ? TypedResults.Ok(new HealthView("ready", RoundView.Of(publication), RoundView.Of(gateway)))
            : Problem.Of(new Rejection(RejectionKind.Unavailable, string.Join("; ",
                new[] { "no DSC outlives a certificate that is issued now", publication.Why }.OfType<string>())));
    }
}
