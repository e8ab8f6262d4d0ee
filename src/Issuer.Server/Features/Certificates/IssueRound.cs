using System.Security.Cryptography;
using Issuer.Core.Certificates;
using Issuer.Server.Features.Pki;
using Issuer.Server.Hosting.Metrics;
using Issuer.Server.Hosting.Stores;

namespace Issuer.Server.Features.Certificates;

/// <summary>One round of steps 5 to 9. The caller holds the lock of the work.</summary>
sealed class IssueRound(
    EnterStore enter, ActiveDscs dscs, ICertificateStore store, ICertificateSigner signer, TimeProvider clock,
    IssuerMeter meter)
{
    public async Task<IssueCounts> RunAsync(string actor, IProgress<long>? progress, CancellationToken cancel)
    {
        await enter.RequireAgreedClockAsync(cancel);
        await dscs.LoadAsync(cancel);
        // One batch more than cores: while one waits for the disk, the others compute.
        var issue = new IssueCertificates(
            store, signer, clock, bytes => RandomNumberGenerator.Fill(bytes), Environment.ProcessorCount + 1);
        var counts = await issue.RunAsync(dscs.ContextAt, actor, progress, cancel);
        meter.Issued(counts.Issued);
        return counts;
    }
}
