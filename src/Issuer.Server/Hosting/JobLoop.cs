using Issuer.Server.Certificates;
using Issuer.Server.TrustList;
using Issuer.Server.Verbs;

namespace Issuer.Server.Hosting;

/// <summary>
/// Match, issue, publish, again and again, under the same locks as the verbs. A round that fails is logged and the next
/// one starts in time; what it left half done is resumed then.
/// </summary>
sealed class JobLoop(Workplace place, TimeSpan interval, ILogger<JobLoop> logger) : BackgroundService
{
    const string Actor = "serve";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(interval);
        do
        {
            try
            {
                await RoundAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Whatever it is: one failing round must not end the service.
            catch (Exception e)
#pragma warning restore CA1031
            {
                logger.RoundFailed(e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    public async Task RoundAsync(CancellationToken cancel)
    {
        await using var jobs = await place.Store.TryLockAsync(JobVerbs.Lock, cancel);
        await using var publishing = await place.Store.TryLockAsync(JobVerbs.PublishLock, cancel);
        if (jobs is null || publishing is null)
        {
            logger.RoundSkipped();
            return;
        }
        await place.EnterAsync(cancel);
        var matched = await place.MatchRecords().RunAsync(place.Act(Actor), null, cancel);
        if (place.Registry.IsAway)
        {
            logger.RegistryAway();
        }
        var issued = await IssueRound.RunAsync(place, Actor, null, cancel);
        foreach (var fault in issued.LintFaults)
        {
            logger.CertificateNotSigned(fault);
        }
        if (issued.Stopped is { } why)
        {
            logger.IssuingStopped(why.ToString());
        }
        var published = await new PublishTrustList(place).RunAsync(place.PublishedDirectory, cancel);
        if (matched.Total + issued.Decided > 0)
        {
            logger.RoundDone(matched.Total, issued.Issued, published.Dscs);
        }
    }
}
