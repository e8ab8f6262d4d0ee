using System.Runtime.CompilerServices;
using Issuer.Core;
using Issuer.Core.Records;
using Issuer.Storage;

namespace Issuer.Server.Features.Records;

/// <summary>Files and streams of records, however long.</summary>
static class ManyRecords
{
    const int BatchSize = 5000;

    /// <summary>So many that fail one after another are no bad rows: something else is wrong.</summary>
    const int MostInARow = 20;

    /// <summary>
    /// Batch by batch in order, each durable when it is given. The next batch is read and checked while the one before
    /// it is being stored: never two at once, since a row may correct one that stands earlier in the same file.
    /// </summary>
    /// <param name="done">Rows that were settled before; they are read for what later ones share with them.</param>
    public static async IAsyncEnumerable<(T[] Batch, IReadOnlyList<SubmittedRow> Results)> SubmitManyAsync<T>(
        this SubmitRecords submit, IEnumerable<T> source, Func<T, RecordRow> read, string? facility,
        CheckContext context, Func<Act> act, [EnumeratorCancellation] CancellationToken cancel, long done = 0)
    {
        T[] before = [];
        Task<IReadOnlyList<SubmittedRow>>? storing = null;
        var references = new FileReferences();
        try
        {
            foreach (var all in source.Chunk(BatchSize))
            {
                var skipped = (int)Math.Min(done, all.Length);
                done -= skipped;
                var rows = Array.ConvertAll(all, row => read(row));
                var checks = Array.ConvertAll(rows, row => references.Of(Checked(row, facility, context)))[skipped..];
                (var batch, rows) = (all[skipped..], rows[skipped..]);
                if (batch.Length == 0)
                {
                    continue;
                }
                if (storing is not null)
                {
                    yield return (before, await storing);
                }
                before = batch;
                storing = Task.Run(() => submit.StoreAllAsync(rows, checks, facility, act, cancel), cancel);
            }
            if (storing is not null)
            {
                yield return (before, await storing);
            }
        }
        finally
        {
            // Whoever stops in the middle must not close the store under it.
            await (storing ?? Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>At once; when that fails, row by row, so that one that cannot be stored is refused alone.</summary>
    static async Task<IReadOnlyList<SubmittedRow>> StoreAllAsync(
        this SubmitRecords submit, RecordRow[] rows, CheckedRow[] checks, string? facility, Func<Act> act,
        CancellationToken cancel)
    {
        try
        {
            return await submit.StoreAsync(rows, checks, facility, act(), cancel);
        }
#pragma warning disable CA1031 // Whatever a row does to the store: the others are to go in.
        catch (Exception e) when (!cancel.IsCancellationRequested && !IsOutage(e))
#pragma warning restore CA1031
        {
            return await submit.StoreEachAsync(rows, checks, facility, act, cancel);
        }
    }

    static async Task<IReadOnlyList<SubmittedRow>> StoreEachAsync(
        this SubmitRecords submit, RecordRow[] rows, CheckedRow[] checks, string? facility, Func<Act> act,
        CancellationToken cancel)
    {
        var results = new List<SubmittedRow>(rows.Length);
        var inARow = 0;
        for (var i = 0; i < rows.Length; i++)
        {
            try
            {
                results.AddRange(await submit.StoreAsync([rows[i]], [checks[i]], facility, act(), cancel));
                inARow = 0;
            }
#pragma warning disable CA1031 // As above.
            catch (Exception e) when (!cancel.IsCancellationRequested && !IsOutage(e) && ++inARow < MostInARow)
#pragma warning restore CA1031
            {
                results.Add(new SubmittedRow(SubmitOutcome.Refused, rows[i], null, null, NotStorable));
            }
        }
        return results;
    }

    static readonly IReadOnlyList<Fault> NotStorable = [new Fault("", RequestFaultCode.NotStorable)];

    static CheckedRow Checked(RecordRow row, string? facility, CheckContext context)
    {
        try
        {
            return SubmitRecords.Check([row], facility, context)[0];
        }
#pragma warning disable CA1031 // A row that the checks cannot bear is refused; the others are to be checked.
        catch (Exception)
#pragma warning restore CA1031
        {
            return new CheckedRow(null, null, NotStorable);
        }
    }

    /// <summary>The store is away or full: no row is to blame.</summary>
    public static bool IsOutage(Exception e) => StoreOutages.KindOf(e) is not null;
}
