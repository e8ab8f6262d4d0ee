using Issuer.Server.Hosting;

namespace Issuer.Server.Features.Gateway;

/// <summary>
/// A round with the gateway every few minutes, beside the other jobs: it waits for somebody else's server.
/// </summary>
sealed class GatewayLoop(Workplace place, GatewayOptions options, ILogger<GatewayLoop> logger) : BackgroundService
{
    static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval);
        do
        {
            try
            {
                await using var held = await place.Store.TryLockAsync(SyncGateway.Lock, stoppingToken);
                if (held is not null)
                {
                    await place.EnterAsync(stoppingToken);
                    Tell(await new SyncGateway(place, options).RunAsync(isAccepted: false, stoppingToken));
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Whatever it is: one failing round must not end the service.
            catch (Exception e)
#pragma warning restore CA1031
            {
                place.GatewayHealth.Bad("the round failed", place.Now);
                logger.RoundFailed(e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    void Tell(GatewayRound round)
    {
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
    }
}
