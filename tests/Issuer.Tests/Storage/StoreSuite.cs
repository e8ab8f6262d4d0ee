using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Dapper;
using Issuer.Core.Records;
using Issuer.Storage;
using Issuer.Storage.Schema;

namespace Issuer.Tests.Storage;

/// <summary>
/// What every store must do, whatever the engine: one suite for all, by topic in the files beside this one. A store
/// is opened several times over to play several instances, or a restart.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The runner calls IAsyncLifetime.DisposeAsync.")]
public abstract partial class StoreSuite : IAsyncLifetime
{
    readonly Clinic clinic = new();
    readonly List<IAsyncDisposable> opened = [];

    Store store = null!;

    protected abstract string? ConnectionString { get; }

    protected abstract string Directory { get; }

    /// <summary>The server crashes and comes back; an embedded store has none.</summary>
    protected virtual Task CrashAsync() => Task.CompletedTask;

    public virtual async Task InitializeAsync()
    {
        store = await OpenAsync();
        await clinic.OpenAsync(store, people: 3);
    }

    public virtual async Task DisposeAsync()
    {
        foreach (var each in opened)
        {
            await each.DisposeAsync();
        }
        await clinic.DisposeAsync();
    }

    /// <summary>The same database once more, as another instance would.</summary>
    async Task<Store> OpenAsync()
    {
        var another = await Store.OpenAsync(ConnectionString, Directory, default);
        opened.Add(another);
        return another;
    }

    /// <summary>One number straight from the tables, where no interface shows it.</summary>
    async Task<long> ScalarAsync(string sql)
    {
        await using var database = await Database.OpenAsync(ConnectionString, Directory, default);
        return await database.ReadAsync(connection => connection.ExecuteScalarAsync<long>(sql), default);
    }

    /// <summary>
    /// A row changed straight in the tables, where another feature's act is not what a test is about.
    /// </summary>
    async Task ExecuteAsync(string sql, object? values = null)
    {
        await using var database = await Database.OpenAsync(ConnectionString, Directory, default);
        await database.WriteAsync(session => session.ExecuteAsync(sql, values), default);
    }

    async Task<SubmittedRow> SubmitAsync(RecordRow row) => Assert.Single(await Clinic.SubmitAsync(store, row));

    async Task<SubmittedRow> CorrectAsync(RecordRow row, long version)
    {
        var result = await SubmitAsync(
            row with { Corrects = version.ToString(CultureInfo.InvariantCulture) });
        Assert.Equal(SubmitOutcome.Corrected, result.Outcome);
        return result;
    }

    async Task<RecordStanding> StandingAsync(RecordRow row)
    {
        await foreach (var standing in store.Counts.RecordsAsync(default))
        {
            if (standing.Facility == row.Facility && standing.Reference == row.Reference)
            {
                return standing;
            }
        }
        throw new InvalidOperationException("No such record.");
    }
}

public sealed class SqliteStoreTests : StoreSuite
{
    readonly DirectoryInfo directory = System.IO.Directory.CreateTempSubdirectory("issuer-store-");

    protected override string? ConnectionString => null;

    // A rule stands in the text of its table, and none is added before all rows are looked at.
    protected override string RulesInForce => "select sql from sqlite_schema where type = 'table'";

    protected override string Directory => directory.FullName;

    /// <summary>Of the newest nobody has a store yet.</summary>
    [Fact]
    public async Task Every_schema_but_the_newest_has_its_dump()
    {
        var missing = SchemaScript.All.SkipLast(1)
            .Where(script => !SchemaDump.Numbers.Contains(script.Number)).ToList();
        if (missing.Count > 0 && Environment.GetEnvironmentVariable("ISSUER_REWRITE_GOLDEN") == "1")
        {
            await WriteSchemaDumpsAsync(missing);
            missing.Clear();
        }
        Assert.Empty(missing.Select(script => script.Title));
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        directory.Delete(recursive: true);
    }
}

[NeedsPostgres]
[Collection(PostgresCollection.Name)]
public sealed class PostgresStoreTests(PostgresServer server) : StoreSuite
{
    string? connectionString;

    protected override string? ConnectionString => connectionString;

    protected override string RulesInForce => "select conname from pg_constraint where convalidated";

    protected override Task CrashAsync() => server.RestartAsync();

    protected override string Directory => "";

    public override async Task InitializeAsync()
    {
        connectionString = await server.CreateDatabaseAsync();
        await base.InitializeAsync();
    }
}
