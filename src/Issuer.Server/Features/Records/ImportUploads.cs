using Issuer.Server.Hosting.Jobs;
using Issuer.Server.Hosting.Stores;

namespace Issuer.Server.Features.Records;

/// <summary>Runs imports as they come, and from time to time looks for those that something interrupted.</summary>
sealed class ImportUploads(RunImports imports) : IJob
{
    public static JobPlan Plan { get; } = new("imports", TimeSpan.FromSeconds(15))
    {
        Lock = JobLocks.Imports, EntersStore = false,
    };

    public async Task<RoundEnd> RunAsync(CancellationToken cancel)
    {
        await imports.RunAsync(cancel);
        return new RoundEnd();
    }
}
