namespace Issuer.Storage.Schema;

/// <summary>
/// One script on a filled store, step by step; where it stands is stored with every step, so that it goes on there.
/// </summary>
sealed class ApplyScript(
    Database database, SchemaScript script, int batch, IProgress<MigrationProgress>? progress)
{
    /// <param name="begun">What the store says of it; null: it was not begun.</param>
    public async Task RunAsync(SchemaRow? begun, CancellationToken cancel)
    {
        for (var step = (int)(begun?.Step ?? 0); step < script.Steps.Count; step++)
        {
            switch (script.Steps[step])
            {
                case ChangeStep change:
                    Report("change", step, script.Steps.Count);
                    await ChangeAsync(change, step, cancel);
                    break;
                case IndexStep index:
                    foreach (var one in index.Indexes)
                    {
                        Report($"index {one.Name}", step, script.Steps.Count);
                        await database.BuildIndexAsync(one, cancel);
                    }
                    await database.WriteAsync(session => MarkDoneAsync(session, step), cancel);
                    break;
                case FillStep fill:
                    await FillAsync(fill, step, step == begun?.Step ? begun.DoneTo : null, cancel);
                    break;
            }
        }
        Report("done", script.Steps.Count, script.Steps.Count);
    }

    Task ChangeAsync(ChangeStep change, int step, CancellationToken cancel) => database.WriteAsync(
        async session =>
        {
            if (script.Kind == ScriptKind.Expand && database.WaitBriefly is { } wait)
            {
                await session.ExecuteAsync(wait);
            }
            await session.ExecuteScriptAsync(database.Translate(change.Sql));
            await MarkDoneAsync(session, step);
        },
        cancel);

    async Task FillAsync(FillStep fill, int step, long? doneTo, CancellationToken cancel)
    {
        var (from, done) = (doneTo ?? long.MinValue, 0L);
        var of = await database.CountAfterAsync(fill.Table, fill.Key, from, cancel);
        while (true)
        {
            Report($"fill {fill.Table}", done, Math.Max(of, done));
            var (to, rows) = await database.AppendAsync(session => FillAsync(session, fill, step, from), cancel);
            if (to is not { } next)
            {
                return;
            }
            (from, done) = (next, done + rows);
        }
    }

    /// <returns>The last row of the batch and its size; null: there was none, and the step is done.</returns>
    async Task<(long? To, long Rows)> FillAsync(WriteSession session, FillStep fill, int step, long from)
    {
        var keys = await session.QueryAsync<long>(
            $"select {fill.Key} from {fill.Table} where {fill.Key} > @from order by {fill.Key} limit @batch",
            new { from, batch });
        if (keys.Count == 0)
        {
            await MarkDoneAsync(session, step);
            return (null, 0);
        }
        var to = keys[^1];
        await session.ExecuteScriptAsync(database.Translate(fill.Sql), new { from, to });
        await MarkAsync(session, script, step, to);
        return (to, keys.Count);
    }

    /// <summary>With the last one the script is done.</summary>
    Task MarkDoneAsync(WriteSession session, int step) =>
        MarkAsync(session, script, step + 1 == script.Steps.Count ? null : step + 1, doneTo: null);

    void Report(string step, long done, long of) =>
        progress?.Report(new MigrationProgress(script.Title, step, done, of));

    public static Task MarkAsync(WriteSession session, SchemaScript script, long? step, long? doneTo) =>
        session.ExecuteAsync(
            $"""
            insert into {FoundSchema.Table} (number, kind, checksum, step, done_to)
            values (@Number, @kind, @Checksum, @step, @doneTo)
            on conflict (number) do update set step = excluded.step, done_to = excluded.done_to
            """,
            new { script.Number, kind = CheckSchema.WireOf(script.Kind), script.Checksum, step, doneTo });
}
