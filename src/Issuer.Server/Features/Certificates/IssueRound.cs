using System.Security.Cryptography;
using Issuer.Core.Certificates;
using Issuer.Server.Hosting;

namespace Issuer.Server.Features.Certificates;

/// <summary>One round of steps 5 to 9 with the workplace's store, keys and clock.</summary>
static class IssueRound
{
    public static async Task<IssueCounts> RunAsync(
        Workplace place, string actor, IProgress<long>? progress, CancellationToken cancel)
    {
        await place.RequireAgreedClockAsync(cancel);
        await place.LoadDscsAsync(cancel);
        // One batch more than cores: while one waits for the disk, the others compute.
        var issue = new IssueCertificates(place.Store.Certificates, place.Signer, place.Clock,
            bytes => RandomNumberGenerator.Fill(bytes), Environment.ProcessorCount + 1);
        return await issue.RunAsync(place.PreparationContext, actor, progress, cancel);
    }
}
