using System.Security.Cryptography;
using Issuer.Core.Certificates;
using Issuer.Server.Features.Pki;
using Issuer.Server.Hosting.Metrics;
using Issuer.Server.Hosting.Stores;

namespace Issuer.Server.Features.Certificates;

/// <summary>Step 11. The caller of a round holds the lock of the work.</summary>
sealed class RegenerateRound(
    EnterStore enter, ActiveDscs dscs, ILineageStore lineages, ICertificateStore store, ICertificateSigner signer,
    TimeProvider clock, IssuerMeter meter)
{
    /// <param name="limit">Of lineages looked at; null: all that are due.</param>
    public async Task<RegenerateCounts> RunAsync(string actor, long? limit, CancellationToken cancel)
    {
        var regenerate = await PrepareAsync(cancel);
        return Counted(await regenerate.RunAsync(dscs.ContextAt, actor, limit, cancel));
    }

    /// <summary>One lineage now, beside whatever round is running.</summary>
    public async Task<RegenerateCounts> RunOneAsync(long lineage, string actor, CancellationToken cancel)
    {
        var regenerate = await PrepareAsync(cancel);
        return Counted(await regenerate.RunOneAsync(lineage, dscs.ContextAt, actor, cancel));
    }

    RegenerateCounts Counted(RegenerateCounts counts)
    {
        meter.Regenerated(counts.Regenerated);
        return counts;
    }

    async Task<RegenerateCertificates> PrepareAsync(CancellationToken cancel)
    {
        await enter.RequireAgreedClockAsync(cancel);
        await dscs.LoadAsync(cancel);
        return new RegenerateCertificates(
            lineages, store, signer, clock, bytes => RandomNumberGenerator.Fill(bytes),
            Environment.ProcessorCount + 1);
    }
}
