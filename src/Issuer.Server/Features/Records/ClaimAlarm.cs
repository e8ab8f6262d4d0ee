using Issuer.Core.Records;
using Issuer.Server.Hosting;
using Issuer.Server.Hosting.Metrics;

namespace Issuer.Server.Features.Records;

/// <summary>Counts what is beyond the registry's budgets, and says when many facilities claim one number.</summary>
/// <param name="logger">Null: a verb, which nobody watches.</param>
sealed class ClaimAlarm(IssuerMeter meter, ILogger<ClaimAlarm>? logger = null)
{
    public void Count(ClaimCounts counts)
    {
        meter.Claimed(counts);
        if (counts.Alarming > 0)
        {
            logger?.NumberShared(counts.Alarming);
        }
    }
}
