namespace Issuer.Core.Records;

/// <summary>Uploaded files that wait for their turn, as the decision to take another one sees them.</summary>
public interface IImportTransaction : IAuditRows
{
    /// <summary>What was made under this key; null: nothing was.</summary>
    Task<EarlierRequest?> FindKeyAsync(RequestKey key);

    Task<ImportJob> FindAsync(long id);

    /// <summary>The facility's that have not ended.</summary>
    Task<long> CountRunningAsync(string facility);

    /// <param name="key">What it came under, to be kept beside it; null: the caller gave none.</param>
    Task AddAsync(ImportJob job, RequestKey? key, Act act);
}

/// <summary>How an uploaded file becomes a job. Its bytes lie in their place before.</summary>
public sealed class EnterImports(ITransactions<IImportTransaction> store)
{
    /// <summary>So many of one facility wait or run at once: the queue is everybody's.</summary>
    public const long MostRunning = 20;

    /// <summary>
    /// Enters a job. Under a key that was used for the same request, that one's job instead; refused when it was
    /// another, or when too many of the facility's are still running.
    /// </summary>
    /// <param name="id">A new one.</param>
    /// <param name="isRenumbered">The clerk's numbers begin anew with each file.</param>
    public Task<Result<ImportJob>> EnterAsync(
        long id, string facility, ImportFormat format, bool isRenumbered, RequestKey? key, Act act,
        CancellationToken cancel) =>
        store.DecideAsync<Result<ImportJob>>(
            async rows =>
            {
                if (key is not null && await rows.FindKeyAsync(key) is { } made)
                {
                    return made.IsSame
                        ? await rows.FindAsync(made.Id)
                        : new Rejection(RejectionKind.Conflict, "this Idempotency-Key was used for another request");
                }
                if (await rows.CountRunningAsync(facility) >= MostRunning)
                {
                    return new Rejection(
                        RejectionKind.Unavailable, $"{MostRunning} imports of this facility are still running");
                }
                var job = new ImportJob(
                    id, facility, act.Actor, format, ImportState.Running, 0, 0, SubmitCounts.None, null)
                {
                    IsRenumbered = isRenumbered,
                };
                await rows.AddAsync(job, key, act);
                await rows.AuditAsync(act, "import-received", id);
                return job;
            },
            cancel);
}
