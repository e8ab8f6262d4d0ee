using Issuer.Core.Records;
using Issuer.Server.Hosting;
using Issuer.Server.Hosting.Stores;
using Issuer.Storage.Records;

namespace Issuer.Server.Features.Records;

/// <summary>
/// Works off uploaded files, oldest first. The caller holds the lock of imports. What was killed goes on after the last
/// batch that was counted; rows stored after that are <c>unchanged</c> the second time.
/// </summary>
sealed class RunImports(
    ImportJobs imports, ImportFiles files, SubmitRecords submit, ReadCheckContext checks, NationalClock clock,
    ILogger<RunImports> logger)
{
    /// <summary>From a file's arrival to its end, outages included.</summary>
    static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    public async Task RunAsync(CancellationToken cancel)
    {
        var jobs = await imports.RunningAsync(cancel);
        // A file that is not here lies with another instance.
        foreach (var job in jobs.Where(job => files.Has(job.Id)))
        {
            try
            {
                await RunAsync(job, cancel);
                files.Delete(job.Id);
            }
#pragma warning disable CA1031 // Whatever it is: the others' files must not wait for it.
            catch (Exception e) when (!cancel.IsCancellationRequested)
#pragma warning restore CA1031
            {
                logger.ImportFailed(e);
            }
        }
        await TidyAsync(jobs, cancel);
    }

    async Task TidyAsync(IReadOnlyList<ImportJob> running, CancellationToken cancel)
    {
        files.DeleteOlder(than: Longest, except: running.Select(job => job.Id).ToHashSet());
        await imports.GiveUpAsync(
            clock.Now - Longest, "the file was lost before it was read to its end: send it again", clock.Act("import"),
            cancel);
        await imports.ForgetAsync(clock.Now - Kept, cancel);
    }

    async Task RunAsync(ImportJob job, CancellationToken cancel)
    {
        if (files.Open(job.Id, job.Format).IsRefused(out var why, out var file))
        {
            await SaveAsync(job with { State = ImportState.Refused, Why = why.Detail }, [], cancel);
            return;
        }
        job = job with { Rows = file.Count };
        await SaveAsync(job, [], cancel);
        await foreach (var (batch, results) in submit.SubmitManyAsync(
            file.Rows.Skip((int)job.Done), row => row.Row, job.Facility, await checks.RunAsync(cancel),
            () => clock.Act(job.Actor), cancel))
        {
            job = job with { Done = job.Done + batch.Length, Counts = job.Counts.Plus(results) };
            var refused = batch.Zip(results).Where(pair => pair.Second.Outcome == SubmitOutcome.Refused)
                .Select(pair => new ImportFault(
                    pair.First.Line, [.. pair.Second.HardFaults], RecordFields.CellsOf(pair.First.Row)));
            await SaveAsync(job, [.. refused], cancel);
        }
        await SaveAsync(job with { State = ImportState.Done }, [], cancel);
    }

    Task SaveAsync(ImportJob job, IReadOnlyList<ImportFault> refused, CancellationToken cancel) =>
        imports.SaveAsync(job, refused, clock.Act(job.Actor), cancel);
}
