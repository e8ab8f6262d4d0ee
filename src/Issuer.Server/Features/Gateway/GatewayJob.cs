using Issuer.Server.Hosting;
using Issuer.Server.Hosting.Jobs;
using Issuer.Server.Hosting.Stores;

namespace Issuer.Server.Features.Gateway;

/// <summary>A round with the gateway, beside the other jobs: it waits for somebody else's server.</summary>
sealed class GatewayJob(SyncGateway sync, ILogger<GatewayJob> logger) : IJob
{
    public const string Name = "gateway";

    public static JobPlan Plan { get; } = new(Name, TimeSpan.FromMinutes(5)) { Lock = JobLocks.Gateway };

    public async Task<RoundEnd> RunAsync(CancellationToken cancel)
    {
        var round = await sync.RunAsync(isAccepted: false, cancel);
        foreach (var (what, why) in round.Failed)
        {
            logger.GatewayItemFailed(what, why);
        }
        foreach (var (what, why) in round.Disbelieved)
        {
            logger.GatewayItemDisbelieved(what, why);
        }
        foreach (var why in round.Refused)
        {
            logger.GatewayRefused(why);
        }
        return EndOf(round);
    }

    public static RoundEnd EndOf(GatewayRound round) => round.IsGood
        ? new RoundEnd(round.ForeignDscs)
        : new RoundEnd(Bad: round.Refused.FirstOrDefault()
            ?? $"{round.Failed.Count} items failed and are tried again");
}
