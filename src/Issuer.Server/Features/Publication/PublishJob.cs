using Issuer.Server.Hosting;
using Issuer.Server.Hosting.Jobs;
using Issuer.Server.Hosting.Stores;

namespace Issuer.Server.Features.Publication;

/// <summary>
/// Publishes what has changed, beside the work: whatever keeps certificates from being issued, a withdrawn key must
/// leave the lists. Wherever a round fails, what is out there stays: health and metrics say so.
/// </summary>
sealed class PublishJob(PublishRound publish, HeldLists held, ILogger<PublishJob> logger) : IJob
{
    public const string Name = "publication";

    public static JobPlan Every(TimeSpan interval) => new(Name, interval) { Lock = JobLocks.Publish };

    public async Task<RoundEnd> RunAsync(CancellationToken cancel)
    {
        var published = await publish.RunAsync(isForced: false, copy: null, cancel);
        foreach (var warning in published.IsNew ? published.Warnings : [])
        {
            logger.PublicationWarned(warning);
        }
        var stays = string.Join("; ", held.Why);
        return new RoundEnd(published.Sequence, stays.Length > 0 ? stays : null);
    }
}
