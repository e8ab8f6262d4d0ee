using System.Diagnostics;
using Issuer.Storage;

namespace Issuer.Benchmarks;

/// <summary>
/// What the engine below does by itself on this machine: rows of a record's size in bulk, and single-row commits.
/// </summary>
sealed class EngineRates(Database database)
{
    const int BatchSize = 5000;

    static readonly string Content = new('x', 240);

    public Task<double> BulkRowsPerSecondAsync(int rows, CancellationToken cancel) => MeasureAsync(
        rows,
        async () =>
        {
            for (long first = 0; first < rows; first += BatchSize)
            {
                var batch = Enumerable.Range(0, BatchSize).Select(i => new Row(first + i, Content)).ToList();
                await InsertAsync(batch, cancel);
            }
        },
        cancel);

    public Task<double> CommitsPerSecondAsync(int clients, int commits, CancellationToken cancel) => MeasureAsync(
        commits,
        () => Task.WhenAll(Enumerable.Range(0, clients).Select(client => Task.Run(
            async () =>
            {
                for (long id = client; id < commits; id += clients)
                {
                    await InsertAsync([new Row(id, Content)], cancel);
                }
            },
            cancel))),
        cancel);

    async Task<double> MeasureAsync(int count, Func<Task> work, CancellationToken cancel)
    {
        await DropAsync(cancel);
        await database.WriteAsync(
            session => session.ExecuteAsync("create table engine_rates (id bigint primary key, content text not null)"),
            cancel);
        var watch = Stopwatch.StartNew();
        await work();
        var rate = count / watch.Elapsed.TotalSeconds;
        await DropAsync(cancel);
        return rate;
    }

    Task<int> InsertAsync(List<Row> rows, CancellationToken cancel) => database.AppendAsync(
        async session =>
        {
            await session.InsertAsync("engine_rates", rows);
            return rows.Count;
        },
        cancel);

    Task<int> DropAsync(CancellationToken cancel) =>
        database.WriteAsync(session => session.ExecuteAsync("drop table if exists engine_rates"), cancel);

    sealed record Row(long Id, string Content);
}
