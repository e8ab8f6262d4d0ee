using Issuer.Core.Identity;
using Issuer.Server.Features.Certificates;
using Issuer.Server.Features.Pki;
using Issuer.Server.Features.Revocation;
using Issuer.Server.Hosting;
using Issuer.Server.Hosting.Jobs;
using Issuer.Server.Hosting.Stores;

namespace Issuer.Server.Features.Jobs;

/// <summary>Match, revoke in bulk, issue, regenerate: in this order, one after the other.</summary>
sealed class WorkJob(
    MatchRecords match, IPopulationRegistry registry, BulkRound bulk, IssueRound issue, RegenerateRound regenerate,
    ActiveDscs dscs, NationalClock clock, ILogger<WorkJob> logger) : IJob
{
    const string Actor = "serve";
    const long RegeneratedARound = 20_000;
    const int RevokedSteps = 20;

    public static JobPlan Every(TimeSpan interval) => new("work", interval) { Lock = JobLocks.Work };

    public async Task<RoundEnd> RunAsync(CancellationToken cancel)
    {
        var matched = await match.RunAsync(clock.Act(Actor), null, cancel);
        if (registry.IsAway)
        {
            logger.RegistryAway();
        }
        // What was withdrawn first: honest holders are issued anew in the same round.
        await bulk.RunAsync(RevokedSteps, null, cancel);
        var issued = await issue.RunAsync(Actor, null, cancel);
        if (issued.Stopped is { } why)
        {
            logger.IssuingStopped(why.ToString());
        }
        // After issuing, and never so much that the next round's issuing waits long.
        var regenerated = await regenerate.RunAsync(Actor, RegeneratedARound, cancel);
        foreach (var fault in issued.LintFaults.Concat(regenerated.LintFaults))
        {
            logger.CertificateNotSigned(fault);
        }
        if (regenerated.Stopped is { } whyNot)
        {
            logger.RegeneratingStopped(whyNot.ToString());
        }
        if (dscs.ShortenedUntil is { } until)
        {
            logger.ShortenedAllowed(until);
        }
        if (matched.Total + issued.Decided + regenerated.Due > 0)
        {
            logger.RoundDone(matched.Total, issued.Issued, regenerated.Regenerated);
        }
        return new RoundEnd(
            issued.Issued + regenerated.Regenerated, Bad: (issued.Stopped ?? regenerated.Stopped)?.ToString());
    }
}
