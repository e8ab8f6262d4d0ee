using Issuer.Core.Progress;
using Issuer.Server.Hosting.Jobs;
using Issuer.Server.Hosting.Stores;

namespace Issuer.Server.Features.Progress;

/// <summary>
/// Counts progress when it is time to, beside the other jobs: at the size of a nation a pass takes minutes, and neither
/// matching nor issuing shall wait for it.
/// </summary>
sealed class CountJob(CountProgress count) : IJob
{
    public static JobPlan Every(TimeSpan interval) => new("progress", interval) { Lock = JobLocks.Progress };

    public async Task<RoundEnd> RunAsync(CancellationToken cancel)
    {
        await count.RunAsync(always: false, cancel);
        return new RoundEnd();
    }
}
