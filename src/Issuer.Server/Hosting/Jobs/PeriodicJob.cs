using System.Diagnostics;
using Issuer.Server.Hosting.Metrics;
using Issuer.Server.Hosting.Stores;

namespace Issuer.Server.Hosting.Jobs;

/// <summary>
/// A job's rounds, again and again, under the same lock as the verb that does the same. A round that fails is logged,
/// and the next one starts in time.
/// </summary>
sealed class PeriodicJob<TJob>(
    JobPlan plan, IServiceProvider services, JobLocks locks, EnterStore enter, HealthOfJobs healths, TimeProvider clock,
    IssuerMeter meter, ILogger<PeriodicJob<TJob>> logger) : BackgroundService
    where TJob : IJob
{
    readonly RoundHealth health = healths.Of(plan.Name);
    readonly SemaphoreSlim woken = new(0);

    /// <summary>There is something to do before the interval is over.</summary>
    public void Wake() => woken.Release();

    /// <summary>One round now, under the lock; what goes wrong is the caller's.</summary>
    public async Task RoundAsync(CancellationToken cancel)
    {
        if (plan.EntersStore)
        {
            // Before the lock: an instance whose rounds are made elsewhere goes by the same policies.
            await enter.ReadPoliciesAsync(cancel);
        }
        await using var held = plan.Lock is { } name ? await locks.TryTakeAsync(name, cancel) : null;
        if (plan.Lock is not null && held is null)
        {
            logger.RoundSkipped(plan.Name);
            return;
        }
        var begun = Stopwatch.GetTimestamp();
        try
        {
            if (plan.EntersStore)
            {
                await enter.RunAsync(cancel);
            }
            await using var scope = services.CreateAsyncScope();
            var end = await ActivatorUtilities.CreateInstance<TJob>(scope.ServiceProvider).RunAsync(cancel);
            health.End(end, clock.GetUtcNow());
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            health.Bad(
                e is RefusedException refused ? refused.Message : "the round failed: the log says why",
                clock.GetUtcNow());
            throw;
        }
        finally
        {
            meter.RoundEnded(plan.Name, Stopwatch.GetElapsedTime(begun));
        }
    }

    public override void Dispose()
    {
        woken.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Off the thread that starts the service: on the embedded store nothing in a round waits.
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            await TryAsync(stoppingToken);
            try
            {
                await woken.WaitAsync(plan.Interval, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
        }
        if (plan.EndsWithRound)
        {
            await TryAsync(CancellationToken.None);
        }
    }

    async Task TryAsync(CancellationToken cancel)
    {
        try
        {
            await RoundAsync(cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
        }
#pragma warning disable CA1031 // Whatever it is: one failing round must not end the service.
        catch (Exception e)
#pragma warning restore CA1031
        {
            logger.RoundFailed(e, plan.Name);
        }
    }
}

static class PeriodicJobs
{
    public static void AddPeriodicJob<TJob>(this IServiceCollection services, JobPlan plan)
        where TJob : IJob
    {
        services.AddSingleton(all => ActivatorUtilities.CreateInstance<PeriodicJob<TJob>>(all, plan));
        services.AddHostedService(all => all.GetRequiredService<PeriodicJob<TJob>>());
    }
}
