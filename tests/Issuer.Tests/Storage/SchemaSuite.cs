using System.Globalization;
using System.Text.RegularExpressions;
using Dapper;
using Issuer.Storage;
using Issuer.Storage.Schema;
using Microsoft.Data.Sqlite;

namespace Issuer.Tests.Storage;

/// <summary>Where a database is: a connection string for PostgreSQL, a folder for SQLite.</summary>
public sealed record StorePlace(string? ConnectionString, string Directory);

/// <summary>How stores are made, looked at, refused and brought forward, whatever the engine.</summary>
public abstract partial class SchemaSuite
{
    /// <summary>A database with nothing in it.</summary>
    protected abstract Task<StorePlace> NewPlaceAsync();

    /// <summary>What is in the database besides rows of our tables, to tell whether something was touched.</summary>
    protected abstract Task<string> PictureAsync(StorePlace place);

    [RequiresFact]
    public async Task An_empty_store_is_made_by_what_writes_and_refused_by_what_reads()
    {
        var place = await NewPlaceAsync();
        var before = await PictureAsync(place);
        Assert.Contains("there is no store yet", await RefusalAsync(place, StoreUse.Read), StringComparison.Ordinal);
        Assert.Equal(before, await PictureAsync(place));

        await OpenAsync(place, StoreUse.Write);
        await OpenAsync(place, StoreUse.Read);
        Assert.Equal(
            SchemaScript.All.Select(script => (script.Number, CheckSchema.WireOf(script.Kind), script.Checksum)),
            (await RowsAsync(place)).Select(row => (row.Number, row.Kind!, row.Checksum!)));
    }

    [RequiresFact]
    public async Task A_store_that_a_program_left_before_its_first_script_is_empty()
    {
        var place = await NewPlaceAsync();
        await ExecuteAsync(place, "create table schema_version (number bigint primary key)");
        await OpenAsync(place, StoreUse.Write);
        Assert.Equal(SchemaScript.All.Count, (await RowsAsync(place)).Count);
    }

    [RequiresFact]
    public async Task Of_many_programs_that_make_or_bring_forward_one_store_each_finds_it_whole()
    {
        var empty = await NewPlaceAsync();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(n => Task.Run(
            () => n % 2 == 0 ? OpenAsync(empty, StoreUse.Write) : MigrateAsync(empty))));
        Assert.All(await RowsAsync(empty), row => Assert.True(row.IsDone));

        var filled = await NewPlaceAsync();
        await SchemaDump.LoadAsync(filled, SchemaDump.Numbers[0]);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => MigrateAsync(filled))));
        Assert.Equal(SchemaScript.All.Count - 1, outcomes.Sum(outcome => outcome.Applied.Count));
        Assert.All(await RowsAsync(filled), row => Assert.True(row.IsDone));
    }

    [RequiresFact]
    public async Task Somebody_elses_store_is_refused_and_left_as_it_was()
    {
        var place = await NewPlaceAsync();
        await ForeignAsync(place, "create table schema_version (installed_rank bigint, version text)");
        var before = await PictureAsync(place);
        foreach (var use in Enum.GetValues<StoreUse>())
        {
            Assert.Contains("not this program's", await RefusalAsync(place, use), StringComparison.Ordinal);
        }
        Assert.Contains("not this program's", await MigrationRefusalAsync(place), StringComparison.Ordinal);
        Assert.Equal(before, await PictureAsync(place));
    }

    [RequiresFact]
    public async Task A_store_with_an_unknown_contract_script_is_refused_before_anything_is_applied()
    {
        var place = await NewPlaceAsync();
        await SchemaDump.LoadAsync(place, SchemaDump.Numbers[0]);
        foreach (var column in new[] { "kind text", "checksum text", "step bigint", "done_to bigint" })
        {
            await ExecuteAsync(place, $"alter table schema_version add column {column}");
        }
        await ExecuteAsync(place,
            "insert into schema_version (number, kind, checksum) values (9001, 'contract', 'ab')");
        var before = await PictureAsync(place);
        foreach (var use in Enum.GetValues<StoreUse>())
        {
            Assert.Contains("(script 9001)", await RefusalAsync(place, use), StringComparison.Ordinal);
        }
        Assert.Contains("(script 9001)", await MigrationRefusalAsync(place), StringComparison.Ordinal);
        Assert.Equal(before, await PictureAsync(place));
    }

    [RequiresFact]
    public async Task A_store_with_an_unknown_expand_script_is_worked_on()
    {
        var place = await NewPlaceAsync();
        await OpenAsync(place, StoreUse.Write);
        await ExecuteAsync(place,
            "insert into schema_version (number, kind, checksum) values (9001, 'expand', 'ab')");
        await OpenAsync(place, StoreUse.Write);
        await OpenAsync(place, StoreUse.Read);
        var outcome = await MigrateAsync(place);
        Assert.Empty(outcome.Applied);
        Assert.Equal([9001L], outcome.Unknown);
    }

    [RequiresFact]
    public async Task A_known_script_with_another_checksum_is_refused()
    {
        var place = await NewPlaceAsync();
        await OpenAsync(place, StoreUse.Write);
        await ExecuteAsync(place, "update schema_version set checksum = 'ab' where number = 7");
        foreach (var why in new[] { await RefusalAsync(place, StoreUse.Read), await MigrationRefusalAsync(place) })
        {
            Assert.Contains("script 0007 is not the one", why, StringComparison.Ordinal);
        }
    }

    [RequiresFact]
    public async Task A_store_below_the_minimum_is_refused_with_what_to_run_and_stays_as_it_was()
    {
        var place = await NewPlaceAsync();
        await SchemaDump.LoadAsync(place, 9);
        var before = await PictureAsync(place);
        foreach (var use in Enum.GetValues<StoreUse>())
        {
            var why = await RefusalAsync(place, use);
            Assert.Contains("it lacks 0010_publication and ", why, StringComparison.Ordinal);
            Assert.EndsWith("run issuer migrate", why, StringComparison.Ordinal);
        }
        Assert.Equal(before, await PictureAsync(place));
    }

    protected static async Task ExecuteAsync(StorePlace place, string sql)
    {
        await using var database = Database.At(place.ConnectionString, place.Directory);
        await database.WriteAsync(session => session.ExecuteAsync(database.Translate(sql)), default);
    }

    protected static async Task<IReadOnlyList<T>> QueryAsync<T>(StorePlace place, string sql)
    {
        await using var database = Database.At(place.ConnectionString, place.Directory);
        return await database.ReadAsync(
            async connection => (await connection.QueryAsync<T>(sql)).AsList(), default);
    }

    /// <summary>As another program would have made it, with other settings than ours.</summary>
    protected abstract Task ForeignAsync(StorePlace place, string sql);

    static async Task OpenAsync(StorePlace place, StoreUse use)
    {
        await using var store = await Store.OpenAsync(place.ConnectionString, place.Directory, use, default);
    }

    static async Task<string> RefusalAsync(StorePlace place, StoreUse use) =>
        (await Assert.ThrowsAsync<StoreRefusedException>(() => OpenAsync(place, use))).Message;

    static Task<MigrationOutcome> MigrateAsync(StorePlace place) =>
        Store.MigrateAsync(place.ConnectionString, place.Directory, null, default);

    static async Task<string> MigrationRefusalAsync(StorePlace place) =>
        (await Assert.ThrowsAsync<StoreRefusedException>(() => MigrateAsync(place))).Message;

    static async Task<IReadOnlyList<SchemaRow>> RowsAsync(StorePlace place)
    {
        await using var database = Database.At(place.ConnectionString, place.Directory);
        return (await database.LookAsync(default)).Rows;
    }
}

public sealed partial class SqliteSchemaTests : SchemaSuite, IDisposable
{
    readonly DirectoryInfo root = Directory.CreateTempSubdirectory("issuer-schema-");
    int made;

    protected override Task<StorePlace> NewPlaceAsync() => Task.FromResult(new StorePlace(
        null, root.CreateSubdirectory((++made).ToString(CultureInfo.InvariantCulture)).FullName));

    /// <summary>Every byte of every file.</summary>
    protected override async Task<string> PictureAsync(StorePlace place)
    {
        var files = new List<string>();
        foreach (var file in Directory.GetFiles(place.Directory).Order())
        {
            files.Add($"{file}: {Convert.ToBase64String(await File.ReadAllBytesAsync(file))}");
        }
        return string.Join('\n', files);
    }

    protected override async Task ForeignAsync(StorePlace place, string sql)
    {
        await using var connection = new SqliteConnection(
            $"Data Source={Path.Combine(place.Directory, "issuer.db")};Pooling=False");
        await connection.ExecuteAsync(sql);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused_and_left_as_it_was()
    {
        var place = await NewPlaceAsync();
        await File.WriteAllTextAsync(
            Path.Combine(place.Directory, "issuer.db"), new string('x', 5000));
        var before = await PictureAsync(place);
        var why = await Assert.ThrowsAsync<StoreRefusedException>(
            () => Store.OpenAsync(null, place.Directory, default));
        Assert.Contains("is not a database", why.Message, StringComparison.Ordinal);
        Assert.Equal(before, await PictureAsync(place));
    }

    protected override async Task<IReadOnlyList<string>> ShapeAsync(StorePlace place) => [.. await QueryAsync<string>(
        place,
        """
        select m.name || ' ' || p.name || ' ' || p.type || ' ' || p."notnull" || ' ' || coalesce(p.dflt_value, '')
            || ' ' || p.pk from sqlite_master m, pragma_table_info(m.name) p where m.type = 'table' order by 1
        """), .. await QueryAsync<string>(place, "select sql from sqlite_master where type = 'index' order by 1"),
        .. (await QueryAsync<(string Table, string Sql)>(
            place, "select name, sql from sqlite_master where type = 'table' order by 1"))
            .SelectMany(table => Rule().Matches(table.Sql).Select(rule => $"{table.Table} {rule.Value}"))];

    [GeneratedRegex(@"constraint \w+")]
    private static partial Regex Rule();

    protected override async Task<IReadOnlyList<(string Table, string Column)>> ColumnsAsync(StorePlace place) =>
        await QueryAsync<(string, string)>(
            place,
            """
            select m.name, p.name from sqlite_master m, pragma_table_info(m.name) p
            where m.type = 'table' and m.name not like 'sqlite!_%' escape '!'
            """);

    public void Dispose() => root.Delete(recursive: true);
}

[NeedsPostgres]
[Collection(PostgresCollection.Name)]
public sealed class PostgresSchemaTests(PostgresServer server) : SchemaSuite
{
    protected override async Task<StorePlace> NewPlaceAsync() => new(await server.CreateDatabaseAsync(), "");

    protected override async Task<string> PictureAsync(StorePlace place) => string.Join('\n', await QueryAsync<string>(
        place,
        """
        select c.relname || ' ' || coalesce(a.attname, '') || ' ' || c.relfilenode::text || ' ' || c.xmin::text
        from pg_class c left join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
        where c.relnamespace = 'public'::regnamespace order by 1
        """));

    protected override Task ForeignAsync(StorePlace place, string sql) => ExecuteAsync(place, sql);

    protected override async Task<IReadOnlyList<string>> ShapeAsync(StorePlace place) => await QueryAsync<string>(
        place,
        """
        select table_name || ' ' || column_name || ' ' || data_type || ' ' || is_nullable || ' '
            || coalesce(column_default, '') || ' ' || is_identity
        from information_schema.columns where table_schema = 'public'
        union all
        select indexdef from pg_indexes where schemaname = 'public'
        union all
        select conrelid::regclass::text || ' ' || pg_get_constraintdef(oid) from pg_constraint
        where connamespace = 'public'::regnamespace
        order by 1
        """);

    protected override async Task<IReadOnlyList<(string Table, string Column)>> ColumnsAsync(StorePlace place) =>
        await QueryAsync<(string, string)>(
            place,
            "select table_name, column_name from information_schema.columns where table_schema = 'public'");

    [RequiresFact]
    public async Task An_index_that_was_half_built_is_built_anew()
    {
        var place = await FilledAsync();
        await ExecuteAsync(place, "alter table t add column b bigint; create table seen (id bigint not null)");
        await ExecuteAsync(place, "create index t_a on t (a)");
        await ExecuteAsync(place, "update pg_index set indisvalid = false where indexrelid = 't_a'::regclass");
        await ExecuteAsync(
            place,
            $"""
            insert into schema_version (number, kind, checksum, step) values (2, 'expand', '{Second.Checksum}', 1)
            """);
        await RunAsync(place, null);
        Assert.Equal(
            [true, true],
            await QueryAsync<bool>(
                place, "select indisvalid from pg_index where indexrelid in ('t_a'::regclass, 't_b'::regclass)"));
    }

    [RequiresFact]
    public async Task What_an_extension_put_there_is_nobodys_store()
    {
        var place = await NewPlaceAsync();
        await ExecuteAsync(place, "create extension pg_stat_statements");
        Assert.Empty((await Store.MigrateAsync(place.ConnectionString, "", null, default)).Unknown);
    }
}
