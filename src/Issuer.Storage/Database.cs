using System.Data.Common;
using Dapper;
using Issuer.Storage.Schema;

namespace Issuer.Storage;

/// <summary>
/// One SQL on two engines. What differs (types, bulk writes, job locks) is in
/// <see cref="SqliteDatabase"/> and <see cref="PostgresDatabase"/>, nowhere else.
/// </summary>
public abstract class Database : IAsyncDisposable
{
    static Database() => DefaultTypeMap.MatchNamesWithUnderscores = true;

    /// <summary>Embedded in <paramref name="dataDirectory"/> unless a PostgreSQL connection string is given.</summary>
    /// <exception cref="StoreRefusedException">This program may not work on it; nothing was touched.</exception>
    public static async Task<Database> OpenAsync(
        string? connectionString, string dataDirectory, StoreUse use, CancellationToken cancel)
    {
        var database = At(connectionString, dataDirectory);
        try
        {
            await new Migrations(database).EnterAsync(use, cancel);
            return database;
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    /// <summary>To write.</summary>
    public static Task<Database> OpenAsync(
        string? connectionString, string dataDirectory, CancellationToken cancel) =>
        OpenAsync(connectionString, dataDirectory, StoreUse.Write, cancel);

    /// <summary>Nothing is opened, looked at or made yet.</summary>
    /// <param name="isPatient">Whether statements may take as long as they take.</param>
    internal static Database At(string? connectionString, string dataDirectory, bool isPatient = false) =>
        string.IsNullOrWhiteSpace(connectionString)
            ? new SqliteDatabase(dataDirectory)
            : new PostgresDatabase(connectionString, isPatient);

    /// <summary>For messages to the operator; no secret in it.</summary>
    public abstract string Description { get; }

    /// <summary>The condition that a column's value is in a list parameter, to follow the column.</summary>
    public abstract string OneOf(string parameter);

    /// <summary>The longest list parameter that pays; many rows are done in steps of so many.</summary>
    public abstract int ListSize { get; }

    /// <summary>The column types of a schema script in this engine's words.</summary>
    public abstract string Translate(string schema);

    /// <summary>
    /// What a change of a table begins with, so that it does not stand before others in the queue for that table while
    /// it waits itself; it is tried again. Null: there is no such queue.
    /// </summary>
    internal virtual string? WaitBriefly => null;

    /// <summary>The server's own clock; null: it is this machine's.</summary>
    public virtual Task<DateTimeOffset?> NowAsync(CancellationToken cancel) => Task.FromResult<DateTimeOffset?>(null);

    /// <summary>
    /// Tells the engine's planner how a table has grown, where it would not look by itself for a while. Nothing by
    /// default: the embedded engine plans without.
    /// </summary>
    public virtual Task AnalyzeAsync(string table, CancellationToken cancel) => Task.CompletedTask;

    /// <summary>What is in the store; nothing is changed, made or set up for it.</summary>
    internal abstract Task<FoundSchema> LookAsync(CancellationToken cancel);

    /// <summary>Builds an index, unless it is there, while others write where the engine can.</summary>
    internal abstract Task BuildIndexAsync(IndexStatement index, CancellationToken cancel);

    /// <summary>How many rows there are beyond a key.</summary>
    internal Task<long> CountAfterAsync(string table, string key, long after, CancellationToken cancel) => ReadAsync(
        connection => connection.ExecuteScalarAsync<long>(
            $"select count(*) from {table} where {key} > @after", new { after }),
        cancel);

    /// <summary>Runs outside any transaction.</summary>
    public async Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> read, CancellationToken cancel)
    {
        await using var connection = await ConnectAsync(cancel);
        return await read(connection);
    }

    /// <summary>Everything that is read is of one moment; writers go on meanwhile.</summary>
    public async Task<T> SnapshotAsync<T>(Func<DbConnection, Task<T>> read, CancellationToken cancel)
    {
        await using var connection = await ConnectAsync(cancel);
        await connection.ExecuteAsync(BeginSnapshot);
        var result = await read(connection);
        await connection.ExecuteAsync("rollback");
        return result;
    }

    /// <summary>One transaction: committed and durable when it returns, nothing left behind when it throws.</summary>
    public abstract Task<T> WriteAsync<T>(Func<WriteSession, Task<T>> write, CancellationToken cancel);

    /// <summary>
    /// The same for work that only adds. What it read may be older than what it adds to: nothing may rest on that but
    /// what a unique key enforces, or what one statement reads and writes at once. It waits where another changes the
    /// same row, where <see cref="WriteAsync{T}"/> would have to begin anew.
    /// </summary>
    public abstract Task<T> AppendAsync<T>(Func<WriteSession, Task<T>> write, CancellationToken cancel);

    public Task WriteAsync(Func<WriteSession, Task> write, CancellationToken cancel) => WriteAsync(
        async session =>
        {
            await write(session);
            return true;
        },
        cancel);

    /// <summary>
    /// The one running instance of a job, over all processes on this store; null when another has it. A killed process
    /// loses it at once.
    /// </summary>
    public abstract Task<IAsyncDisposable?> TryLockAsync(string job, CancellationToken cancel);

    public abstract ValueTask DisposeAsync();

    protected abstract Task<DbConnection> ConnectAsync(CancellationToken cancel);

    /// <summary>Ends with the connection.</summary>
    protected abstract string BeginSnapshot { get; }
}

/// <summary>The work inside one transaction.</summary>
public abstract class WriteSession(Database database, DbConnection connection, DbTransaction transaction)
{
    /// <inheritdoc cref="Database.OneOf"/>
    public string OneOf(string parameter) => database.OneOf(parameter);

    /// <inheritdoc cref="Database.ListSize"/>
    public int ListSize => database.ListSize;

    protected DbConnection Connection { get; } = connection;

    protected DbTransaction Transaction { get; } = transaction;

    public async Task<List<T>> QueryAsync<T>(string sql, object? parameters = null) =>
        (await Connection.QueryAsync<T>(sql, parameters, Transaction)).AsList();

    /// <summary>Two rows side by side, the second from <paramref name="splitOn"/> on.</summary>
    public async Task<List<T>> QueryAsync<TFirst, TSecond, T>(
        string sql, Func<TFirst, TSecond, T> map, object? parameters, string splitOn) =>
        (await Connection.QueryAsync(sql, map, parameters, Transaction, splitOn: splitOn)).AsList();

    public Task<int> ExecuteAsync(string sql, object? parameters = null) =>
        Connection.ExecuteAsync(sql, parameters, Transaction);

    /// <summary>Every statement of a script; the first that fails ends it.</summary>
    public virtual Task ExecuteScriptAsync(string sql, object? parameters = null) => ExecuteAsync(sql, parameters);

    /// <summary>The same statement for many rows, the fastest way the engine has.</summary>
    /// <param name="rows">
    /// Each an object whose members are the parameters, called as in the statement: long, string, byte[] or null.
    /// </param>
    /// <returns>The number of rows each one touched.</returns>
    public Task<int[]> ExecuteManyAsync<T>(string sql, IEnumerable<T> rows) => ExecuteManyAsync(sql, Rows.Of(rows));

    public abstract Task<int[]> ExecuteManyAsync(string sql, Rows rows);

    /// <summary>Inserts many rows, the fastest way the engine has.</summary>
    /// <param name="rows">Each an object whose members are the columns; values as with the other.</param>
    public Task InsertAsync<T>(string table, IEnumerable<T> rows) => InsertAsync(table, Rows.Of(rows));

    /// <summary>Inserts one row, as <see cref="InsertAsync{T}(string, IEnumerable{T})"/> does.</summary>
    public Task InsertOneAsync<T>(string table, T row) => InsertAsync(table, Rows.Of([row]));

    public virtual Task InsertAsync(string table, Rows rows) => InsertAsync(table, rows, "");

    /// <summary>The same, and what is to be done about a row that is there already.</summary>
    /// <param name="then">From <c>on conflict</c> on.</param>
    /// <returns>The number of rows each one touched.</returns>
    public Task<int[]> InsertAsync<T>(string table, IEnumerable<T> rows, string then) =>
        InsertAsync(table, Rows.Of(rows), then);

    public Task<int[]> InsertAsync(string table, Rows rows, string then) =>
        ExecuteManyAsync($"insert into {table} ({rows.Columns}) values ({rows.Columns.Parameters}) {then}", rows);
}
