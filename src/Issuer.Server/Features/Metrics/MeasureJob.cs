using System.Security.Cryptography.X509Certificates;
using Issuer.Core.Identity;
using Issuer.Core.Progress;
using Issuer.Server.Hosting;
using Issuer.Server.Hosting.Jobs;
using Issuer.Server.Hosting.Stores;
using Issuer.Storage;
using Issuer.Storage.Pki;
using Issuer.Storage.Records;
using Issuer.Verification.TrustLists;

namespace Issuer.Server.Features.Metrics;

/// <summary>
/// Looks up what the gauges show. Each instance for itself and under no lock: it reads what other rounds have counted,
/// a few rows.
/// </summary>
sealed class MeasureJob(
    IProgressStore progress, PkiStore pki, ImportJobs imports, DataFolder data, NationalClock clock,
    LastFigures figures, StoreCounts counts, PoliciesNow policies, ILogger<MeasureJob> logger) : IJob
{
    public static JobPlan Every(TimeSpan interval) => new("measure", interval) { EntersStore = false };

    public async Task<RoundEnd> RunAsync(CancellationToken cancel)
    {
        var facilities = await progress.AsOfAsync(
            clock.Today, WorklistScope.Everywhere, WorklistScope.Everywhere, cancel);
        var dscs = (await pki.DscsAsync(cancel)).Where(dsc => !dsc.Withdrawn && dsc.NotAfter > clock.Now);
        figures.Value = new StoreFigures(
            facilities.Count == 0 ? null : AreaProgress.Sum(null, facilities),
            [.. dscs.Select(dsc => (dsc.Kid, dsc.NotAfter))], AnchorEnds(),
            (await imports.RunningAsync(cancel)).Count, await ExemptAsync(cancel));
        return new RoundEnd();
    }

    async Task<long> ExemptAsync(CancellationToken cancel)
    {
        var entered = await counts.ExemptEnteredAsync(clock.Now, cancel);
        var most = policies.All.ExemptCap.Ceilings.PerCountryAndDay;
        if (entered > most)
        {
            logger.ExemptCeilingPassed(entered, most);
        }
        return entered;
    }

    DateTimeOffset? AnchorEnds()
    {
        var path = Path.Combine(data.Published, TrustListFiles.AnchorPath);
        if (!File.Exists(path))
        {
            return null;
        }
        using var anchor = X509Certificate2.CreateFromPem(File.ReadAllText(path));
        return anchor.NotAfter.ToUniversalTime();
    }
}
