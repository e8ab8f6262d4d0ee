using Issuer.Core.Records;
using Issuer.Server.Hosting;
using Issuer.Server.Hosting.Stores;
using Issuer.Storage.Records;

namespace Issuer.Server.Features.Records;

/// <summary>
/// Works off uploaded files, each facility's oldest first. The caller holds the lock of imports. What was killed goes
/// on after the last batch that was counted; rows stored after that are <c>unchanged</c> the second time.
/// </summary>
sealed class RunImports(
    ImportJobs imports, ImportFiles files, SubmitRecords submit, ReadCheckContext checks, NationalClock clock,
    ILogger<RunImports> logger)
{
    /// <summary>From a file's arrival to its end, outages included.</summary>
    static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>Of so many facilities at once, each its own one after another.</summary>
    const int MostAtOnce = 4;

    static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Until nothing waits that has not failed in this round: a long file keeps no other facility's from starting, and
    /// one that fails not its own facility's next.
    /// </summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        var failed = new HashSet<long>();
        var running = new Dictionary<string, Task<long?>>();
        while (true)
        {
            // A file that is not here lies with another instance.
            foreach (var job in (await imports.RunningAsync(cancel)).Where(
                job => !failed.Contains(job.Id) && !running.ContainsKey(job.Facility) && files.Has(job.Id))
                .DistinctBy(job => job.Facility).Take(MostAtOnce - running.Count))
            {
                running.Add(job.Facility, Task.Run(() => TryAsync(job, cancel), cancel));
            }
            if (running.Count == 0)
            {
                break;
            }
            await Task.WhenAny([.. running.Values, Task.Delay(LookAgain, cancel)]);
            foreach (var (facility, ended) in running.Where(one => one.Value.IsCompleted).ToList())
            {
                running.Remove(facility);
                if (await ended is { } job)
                {
                    failed.Add(job);
                }
            }
        }
        await TidyAsync(await imports.RunningAsync(cancel), cancel);
    }

    /// <returns>The job when it failed; null when it has ended.</returns>
    async Task<long?> TryAsync(ImportJob job, CancellationToken cancel)
    {
        try
        {
            await RunAsync(job, cancel);
            files.Delete(job.Id);
            return null;
        }
#pragma warning disable CA1031 // Whatever it is: the others' files must not wait for it.
        catch (Exception e) when (!cancel.IsCancellationRequested)
#pragma warning restore CA1031
        {
            logger.ImportFailed(e);
            if (ManyRecords.IsOutage(e))
            {
                await ForgiveAsync(job, cancel);
            }
            return job.Id;
        }
    }

    async Task ForgiveAsync(ImportJob job, CancellationToken cancel)
    {
        try
        {
            await imports.ForgiveAsync(job.Id, cancel);
        }
        catch (Exception e) when (ManyRecords.IsOutage(e))
        {
            logger.ImportFailed(e);
        }
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
        if (job.Attempts >= ImportJob.MostAttempts)
        {
            await SaveAsync(job with { State = ImportState.Refused, Why = FailedTooOften }, [], cancel);
            return;
        }
        // Before anything else: what kills the process must count as well.
        job = job with { Attempts = job.Attempts + 1 };
        await SaveAsync(job, [], cancel);
        if (files.Open(job).IsRefused(out var why, out var file))
        {
            await SaveAsync(job with { State = ImportState.Refused, Why = why.Detail }, [], cancel);
            return;
        }
        job = job with { Rows = file.Count, Header = file.Header };
        var reused = 0L;
        await foreach (var (batch, results) in submit.SubmitManyAsync(
            file.Rows, row => row.Row, job.Facility, await checks.RunAsync(cancel), () => clock.Act(job.Actor), cancel,
            job.Done))
        {
            job = job with { Done = job.Done + batch.Length, Counts = job.Counts.Plus(results), Attempts = 0 };
            reused += results.Sum(ReusedReferences.In);
            var refused = batch.Zip(results).Where(pair => pair.Second.Outcome == SubmitOutcome.Refused)
                .Select(pair => new ImportFault(pair.First.Line, [.. pair.Second.HardFaults], pair.First.Cells));
            await SaveAsync(job, [.. refused], cancel);
        }
        await SaveAsync(
            job with { State = ImportState.Done, Why = reused > 0 ? ReusedReferences.Said(reused) : null }, [], cancel);
    }

    const string FailedTooOften =
        "the import failed three times; what was stored is kept: send the file again, and tell support if it ends like "
        + "this again (tệp này đã bị lỗi ba lần; những dòng đã lưu vẫn còn: hãy gửi lại, và báo cho người hỗ trợ "
        + "nếu vẫn vậy)";

    Task SaveAsync(ImportJob job, IReadOnlyList<ImportFault> refused, CancellationToken cancel) =>
        imports.SaveAsync(job, refused, clock.Act(job.Actor), cancel);
}
