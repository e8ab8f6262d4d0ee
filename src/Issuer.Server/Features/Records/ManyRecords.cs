using System.Runtime.CompilerServices;
using Issuer.Core;
using Issuer.Core.Records;

namespace Issuer.Server.Features.Records;

/// <summary>Files and streams of records, however long.</summary>
static class ManyRecords
{
    const int BatchSize = 5000;

    /// <summary>
    /// Batch by batch in order, each durable when it is given. The next batch is read and checked while the one before
    /// it is being stored: never two at once, since a row may correct one that stands earlier in the same file.
    /// </summary>
    public static async IAsyncEnumerable<(T[] Batch, IReadOnlyList<SubmittedRow> Results)> SubmitManyAsync<T>(
        this SubmitRecords submit, IEnumerable<T> source, Func<T, RecordRow> read, string? facility,
        CheckContext context, Func<Act> act, [EnumeratorCancellation] CancellationToken cancel)
    {
        T[] before = [];
        Task<IReadOnlyList<SubmittedRow>>? storing = null;
        try
        {
            foreach (var batch in source.Chunk(BatchSize))
            {
                var rows = Array.ConvertAll(batch, row => read(row));
                var checks = SubmitRecords.Check(rows, facility, context);
                if (storing is not null)
                {
                    yield return (before, await storing);
                }
                before = batch;
                storing = Task.Run(() => submit.StoreAsync(rows, checks, facility, act(), cancel), cancel);
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
}
