using Issuer.Storage;
using Issuer.Storage.Schema;

namespace Issuer.Tests.Storage;

/// <summary>Scripts of several steps on a filled store: interrupted anywhere, and while others write.</summary>
public abstract partial class SchemaSuite
{
    const int Rows = 1000;
    const int Batch = 64;

    static readonly SchemaScript First = SchemaScript.Parse(
        "0001_first.sql",
        "-- expand: the first tables\ncreate table setting (name text);\ncreate table t (id {id}, a bigint not null);");

    private protected static readonly SchemaScript Second = SchemaScript.Parse(
        "0002_second.sql",
        """
        -- expand: twice as much, and the rows that were gone over
        alter table t add column b bigint;
        create table seen (id bigint not null);
        -- fill t.id: what is there
        update t set b = 2 * a where id > @from and id <= @to;
        insert into seen (id) select id from t where id > @from and id <= @to;
        -- index: of many rows
        create index t_a on t (a);
        create index t_b on t (b);
        -- change: the last
        create table last (id bigint);
        """);

    [RequiresFact]
    public async Task A_script_that_was_interrupted_anywhere_goes_on_where_it_was_and_does_nothing_twice()
    {
        var place = await FilledAsync();
        var interrupted = 0;
        while (true)
        {
            try
            {
                await RunAsync(place, new Interrupt(reports: 3));
                break;
            }
            catch (OperationCanceledException)
            {
                Assert.InRange(++interrupted, 1, 100);
                var row = Assert.Single(await RowsAsync(place), row => row.Number == 2);
                Assert.Equal(("expand", Second.Checksum), (row.Kind, row.Checksum));
            }
        }
        Assert.InRange(interrupted, 5, 100);
        Assert.All(await RowsAsync(place), row => Assert.True(row is { IsDone: true, DoneTo: null }));
        Assert.Equal(Rows, Assert.Single(await QueryAsync<long>(place, "select count(*) from t where b = 2 * a")));
        Assert.Equal(Rows, Assert.Single(await QueryAsync<long>(place, "select count(*) from seen")));
        Assert.Equal(Rows, Assert.Single(await QueryAsync<long>(place, "select count(distinct id) from seen")));
    }

    [RequiresFact]
    public async Task Others_write_while_a_store_is_brought_forward()
    {
        var place = await FilledAsync();
        using var done = new CancellationTokenSource();
        var written = Task.Run(async () =>
        {
            await using var other = Database.At(place.ConnectionString, place.Directory);
            var writes = 0;
            do
            {
                // A program of before knows nothing of the new column.
                await other.WriteAsync(
                    session => session.ExecuteAsync(
                        "insert into t (id, a) select coalesce(max(id), 0) + 1, 5 from t"),
                    default);
                writes++;
            }
            while (!done.IsCancellationRequested);
            return writes;
        });
        await RunAsync(place, null);
        await done.CancelAsync();
        var writes = await written;

        Assert.Equal(Rows + writes, Assert.Single(await QueryAsync<long>(place, "select count(*) from t")));
        var filled = Assert.Single(await QueryAsync<long>(place, "select count(*) from t where b = 2 * a"));
        Assert.InRange(filled, Rows, Rows + writes);
    }

    [RequiresFact]
    public async Task A_half_done_script_is_not_what_statements_need()
    {
        var place = await FilledAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => RunAsync(place, new Interrupt(reports: 3)));
        await using var database = Database.At(place.ConnectionString, place.Directory);
        var why = await Assert.ThrowsAsync<StoreRefusedException>(
            () => new Migrations(database, [First, Second]).EnterAsync(StoreUse.Write, default));
        Assert.Contains("it lacks 0002_second", why.Message, StringComparison.Ordinal);
        // The program of before goes on.
        await new Migrations(database, [First]).EnterAsync(StoreUse.Write, default);
    }

    /// <summary>The first script, with rows whose numbers leave gaps.</summary>
    protected async Task<StorePlace> FilledAsync()
    {
        var place = await NewPlaceAsync();
        await using var database = Database.At(place.ConnectionString, place.Directory);
        await new Migrations(database, [First]).EnterAsync(StoreUse.Write, default);
        await database.WriteAsync(
            session => session.InsertAsync(
                "t", Enumerable.Range(-5, Rows).Select(n => new { id = 1000L * n, a = (long)n })),
            default);
        return place;
    }

    private protected static async Task RunAsync(StorePlace place, Interrupt? interrupt)
    {
        using var cancel = new CancellationTokenSource();
        interrupt?.By(cancel);
        await using var database = Database.At(place.ConnectionString, place.Directory);
        await new Migrations(database, [First, Second], Batch).RunAsync(interrupt, cancel.Token);
    }

    /// <summary>After so many reports of progress.</summary>
    private protected sealed class Interrupt(int reports) : IProgress<MigrationProgress>
    {
        CancellationTokenSource? cancel;
        int left = reports;

        public void By(CancellationTokenSource source) => cancel = source;

        public void Report(MigrationProgress value)
        {
            Assert.InRange(value.Done, 0, value.Of);
            Assert.StartsWith("0002_", value.Script, StringComparison.Ordinal);
            if (--left == 0)
            {
                cancel!.Cancel();
                cancel.Token.ThrowIfCancellationRequested();
            }
        }
    }
}
