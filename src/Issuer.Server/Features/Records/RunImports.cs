using Issuer.Core.Records;
using Issuer.Server.Hosting;

namespace Issuer.Server.Features.Records;

/// <summary>
/// Works off uploaded files, oldest first, one process at a time. What was killed goes on after the last batch that was
/// counted; rows stored after that are <c>unchanged</c> the second time.
/// </summary>
sealed class RunImports(Workplace place, ImportFiles files, ILogger<RunImports> logger)
{
    const string Lock = "imports";

    /// <summary>From a file's arrival to its end, outages included.</summary>
    static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    public async Task RoundAsync(CancellationToken cancel)
    {
        await using var held = await place.Store.TryLockAsync(Lock, cancel);
        if (held is null)
        {
            return;
        }
        var jobs = await place.Store.Imports.RunningAsync(cancel);
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
        await place.Store.Imports.GiveUpAsync(
            place.Now - Longest, "the file was lost before it was read to its end: send it again", place.Act("import"),
            cancel);
        await place.Store.Imports.ForgetAsync(place.Now - Kept, cancel);
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
        await foreach (var (batch, results) in place.SubmitRecords().SubmitManyAsync(
            file.Rows.Skip((int)job.Done), row => row.Row, job.Facility, await place.CheckContextAsync(cancel),
            () => place.Act(job.Actor), cancel))
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
        place.Store.Imports.SaveAsync(job, refused, place.Act(job.Actor), cancel);
}

/// <summary>Runs imports as they come, and from time to time looks for those that something interrupted.</summary>
sealed class ImportLoop(RunImports imports, ILogger<ImportLoop> logger) : BackgroundService
{
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);

    readonly SemaphoreSlim arrived = new(1);

    /// <summary>A file has just come.</summary>
    public void Wake() => arrived.Release();

    public override void Dispose()
    {
        arrived.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await arrived.WaitAsync(Longest, stoppingToken);
                // Off the thread that starts the service: on the embedded store nothing in it waits.
                await Task.Run(() => imports.RoundAsync(stoppingToken), stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Whatever it is: one failing round must not end the service.
            catch (Exception e)
#pragma warning restore CA1031
            {
                logger.ImportFailed(e);
            }
        }
    }
}
