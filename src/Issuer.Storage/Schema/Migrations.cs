namespace Issuer.Storage.Schema;

/// <summary>How a script is coming along.</summary>
/// <param name="Script">As <c>0004_cleaning</c>.</param>
/// <param name="Done">Rows of a fill; otherwise steps.</param>
public sealed record MigrationProgress(string Script, string Step, long Done, long Of);

/// <summary>What bringing a store forward did.</summary>
/// <param name="Applied">
/// The scripts that were done, as <c>0004_cleaning</c>; none: it was as new as this program.
/// </param>
/// <param name="Unknown">Scripts of newer programs that were left alone, by number.</param>
public sealed record MigrationOutcome(IReadOnlyList<string> Applied, long Schema, IReadOnlyList<long> Unknown);

/// <summary>Numbered scripts, done once each, in order, under a lock.</summary>
sealed class Migrations(Database database, IReadOnlyList<SchemaScript> scripts, int batch = Migrations.Batch)
{
    /// <summary>Rows that a fill changes in one transaction: others wait for no more than those.</summary>
    const int Batch = 5000;

    const string Job = "schema";

    /// <summary>What is known of a script beside its number.</summary>
    static readonly string[] Kept = ["kind text", "checksum text", "step bigint", "done_to bigint"];

    public Migrations(Database database)
        : this(database, SchemaScript.All)
    {
    }

    /// <summary>Refuses what this program may not work on before anything is touched; makes an empty store.</summary>
    public async Task EnterAsync(StoreUse use, CancellationToken cancel)
    {
        var found = await LookAsync(cancel);
        if (found.IsEmpty)
        {
            if (use == StoreUse.Read)
            {
                throw new StoreRefusedException(
                    $"there is no store yet in {database.Description}: begin with demo or import");
            }
            await using var held = await WaitForLockAsync(cancel);
            found = await LookAsync(cancel);
            if (found.IsEmpty)
            {
                await CreateAsync(cancel);
                return;
            }
        }
        if (CheckSchema.LackingIn(found, scripts) is [var first, ..] lacking)
        {
            var more = lacking.Count == 1 ? "" : $" and {lacking.Count - 1} more";
            throw new StoreRefusedException(
                $"{database.Description} is older than this program (it lacks {first.Title}{more}): "
                    + "run issuer migrate");
        }
    }

    /// <summary>
    /// Brings a store forward. Killed at any point it is run again and goes on; of two at once the second waits.
    /// </summary>
    public async Task<MigrationOutcome> RunAsync(IProgress<MigrationProgress>? progress, CancellationToken cancel)
    {
        await LookAsync(cancel);
        await using var held = await WaitForLockAsync(cancel);
        var found = await LookAsync(cancel);
        var undone = CheckSchema.UndoneIn(found, scripts);
        if (found.IsEmpty)
        {
            await CreateAsync(cancel);
        }
        else
        {
            await KeepKindsAsync(found, cancel);
            foreach (var script in undone)
            {
                var begun = found.Rows.FirstOrDefault(row => row.Number == script.Number);
                await new ApplyScript(database, script, batch, progress).RunAsync(begun, cancel);
            }
        }
        var known = scripts.Select(script => script.Number).ToHashSet();
        return new MigrationOutcome(
            [.. undone.Select(script => script.Title)], scripts[^1].Number,
            [.. found.Rows.Select(row => row.Number).Where(number => !known.Contains(number))]);
    }

    async Task<FoundSchema> LookAsync(CancellationToken cancel)
    {
        var found = await database.LookAsync(cancel);
        return CheckSchema.RefusalOf(found, scripts, database.Description) is { } why
            ? throw new StoreRefusedException(why)
            : found;
    }

    /// <summary>All scripts in one transaction: nobody is there to wait for it, and a kill leaves nothing.</summary>
    Task CreateAsync(CancellationToken cancel) => database.WriteAsync(
        async session =>
        {
            // Without rows: of a program that was killed before its first script.
            await session.ExecuteAsync($"drop table if exists {FoundSchema.Table}");
            await session.ExecuteAsync(
                $"create table {FoundSchema.Table} (number bigint primary key, {string.Join(", ", Kept)})");
            foreach (var script in scripts)
            {
                foreach (var sql in script.Steps.Select(CreationOf).OfType<string>())
                {
                    await session.ExecuteScriptAsync(database.Translate(sql));
                }
                await ApplyScript.MarkAsync(session, script, step: null, doneTo: null);
            }
        },
        cancel);

    /// <returns>Null for a fill: there are no rows yet.</returns>
    static string? CreationOf(SchemaStep step) =>
        step is ChangeStep change ? change.Sql : step is IndexStep index ? index.Sql : null;

    /// <summary>Stores of programs that kept only numbers.</summary>
    Task KeepKindsAsync(FoundSchema found, CancellationToken cancel) => database.WriteAsync(
        async session =>
        {
            foreach (var column in found.KeepsKinds ? [] : Kept)
            {
                await session.ExecuteAsync($"alter table {FoundSchema.Table} add column {column}");
            }
            foreach (var script in scripts)
            {
                await session.ExecuteAsync(
                    $"""
                    update {FoundSchema.Table} set kind = @kind, checksum = @Checksum
                    where number = @Number and checksum is null
                    """,
                    new { kind = CheckSchema.WireOf(script.Kind), script.Checksum, script.Number });
            }
        },
        cancel);

    async Task<IAsyncDisposable> WaitForLockAsync(CancellationToken cancel)
    {
        while (true)
        {
            if (await database.TryLockAsync(Job, cancel) is { } held)
            {
                return held;
            }
            await Task.Delay(50, cancel);
        }
    }
}
