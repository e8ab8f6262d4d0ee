using Issuer.Server.Edge.Verbs;
using Issuer.Server.Hosting;

namespace Issuer.Server.Features.Jobs;

/// <summary>
/// Counts progress when it is time to, beside the other jobs: at the size of a nation a pass takes minutes, and neither
/// matching nor issuing shall wait for it.
/// </summary>
sealed class CountingLoop(Workplace place, TimeSpan interval, ILogger<CountingLoop> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(interval);
        do
        {
            try
            {
                await using var held = await place.Store.TryLockAsync(ProgressVerb.Lock, stoppingToken);
                if (held is not null)
                {
                    await place.EnterAsync(stoppingToken);
                    await place.CountProgress().RunAsync(always: false, stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Whatever it is: one failing pass must not end the service.
            catch (Exception e)
#pragma warning restore CA1031
            {
                logger.RoundFailed(e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
