using Issuer.Server.Edge.Verbs;
using Issuer.Server.Features.Certificates;
using Issuer.Server.Features.Publication;
using Issuer.Server.Features.Revocation;
using Issuer.Server.Hosting;

namespace Issuer.Server.Features.Jobs;

/// <summary>
/// Match, issue, regenerate, publish, again and again, under the same locks as the verbs. A round that fails is logged
/// and the next one starts in time; what it left half done is resumed then.
/// </summary>
sealed class JobLoop(Workplace place, TimeSpan interval, ILogger<JobLoop> logger) : BackgroundService
{
    const string Actor = "serve";
    const long RegeneratedARound = 20_000;
    const int RevokedSteps = 20;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(interval);
        do
        {
            // Each by itself: whatever keeps certificates from being issued, a withdrawn key must leave the lists.
            await TryAsync(WorkAsync, stoppingToken);
            await TryAsync(PublishAsync, stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    public async Task RoundAsync(CancellationToken cancel)
    {
        await WorkAsync(cancel);
        await PublishAsync(cancel);
    }

    async Task TryAsync(Func<CancellationToken, Task> part, CancellationToken cancel)
    {
        try
        {
            await part(cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
        }
#pragma warning disable CA1031 // Whatever it is: one failing round must not end the service.
        catch (Exception e)
#pragma warning restore CA1031
        {
            logger.RoundFailed(e);
        }
    }

    async Task WorkAsync(CancellationToken cancel)
    {
        // Before the lock: what was imported reaches the instances that have no round of their own, too.
        await place.Policies.RefreshAsync(cancel);
        await using var jobs = await place.Store.TryLockAsync(JobVerbs.Lock, cancel);
        if (jobs is null)
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
        // What was withdrawn first: honest holders are issued anew in the same round.
        await BulkRound.RunAsync(place, RevokedSteps, null, cancel);
        var issued = await IssueRound.RunAsync(place, Actor, null, cancel);
        if (issued.Stopped is { } why)
        {
            logger.IssuingStopped(why.ToString());
        }
        // After issuing, and never so much that the next round's issuing waits long.
        var regenerated = await RegenerateRound.RunAsync(place, Actor, RegeneratedARound, cancel);
        foreach (var fault in issued.LintFaults.Concat(regenerated.LintFaults))
        {
            logger.CertificateNotSigned(fault);
        }
        if (regenerated.Stopped is { } whyNot)
        {
            logger.RegeneratingStopped(whyNot.ToString());
        }
        if (place.PreparationContext(place.Now) is { AllowsShortened: true, ShortenedUntil: { } until })
        {
            logger.ShortenedAllowed(until);
        }
        if (matched.Total + issued.Decided + regenerated.Due > 0)
        {
            logger.RoundDone(matched.Total, issued.Issued, regenerated.Regenerated);
        }
    }

    /// <summary>Wherever it fails, what is out there stays: health and metrics must say so.</summary>
    async Task PublishAsync(CancellationToken cancel)
    {
        await using var publishing = await place.Store.TryLockAsync(JobVerbs.PublishLock, cancel);
        if (publishing is null)
        {
            logger.RoundSkipped();
            return;
        }
        try
        {
            await place.EnterAsync(cancel);
            var published = await new PublishRound(place).RunAsync(isForced: false, copy: null, cancel);
            var held = string.Join("; ", place.Held.Why);
            place.PublicationHealth.Good(place.Now, published.Sequence, held.Length > 0 ? held : null);
            foreach (var warning in published.IsNew ? published.Warnings : [])
            {
                logger.PublicationWarned(warning);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            place.PublicationHealth.Bad(
                e is RefusedException refused ? refused.Message : "the publisher failed: its log says why", place.Now);
            throw;
        }
    }
}
