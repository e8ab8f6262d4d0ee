using Issuer.Core;
using Issuer.Storage;

namespace Issuer.Server.Hosting.Stores;

/// <summary>
/// The one running place of each job on a store, whichever process takes it: the service's rounds and the verbs.
/// </summary>
sealed class JobLocks(Store store)
{
    /// <summary>Matching, bulk revocation, issuing, regenerating: one after the other.</summary>
    public const string Work = "jobs";

    public const string Publish = "publish";
    public const string Progress = "progress";
    public const string Gateway = "gateway";
    public const string Imports = "imports";

    /// <summary>Null: somebody else has it.</summary>
    public Task<IAsyncDisposable?> TryTakeAsync(string job, CancellationToken cancel) =>
        store.TryLockAsync(job, cancel);

    public async Task<IAsyncDisposable> TakeAsync(string job, CancellationToken cancel) =>
        await TryTakeAsync(job, cancel)
        ?? throw new RefusedException(
            new Rejection(RejectionKind.Unavailable, $"another process is running '{job}' on this store"));
}
