using System.Data.Common;
using Dapper;
using Issuer.Storage.Schema;
using Microsoft.Data.Sqlite;

namespace Issuer.Storage;

/// <summary>The embedded default: one file, one writer at a time, WAL and synchronous=FULL.</summary>
sealed class SqliteDatabase : Database
{
    // A second process (a verb beside the service) waits this long for the writer's place.
    const int BusySeconds = 60;
    const string FileName = "issuer.db";
    const int NotADatabase = 26;

    const string Tables =
        """
        select name from sqlite_master
        where type in ('table', 'view') and name not like 'sqlite!_%' escape '!'
        """;

    const string Columns = "select name from pragma_table_info(@table)";

    readonly string directory;
    readonly string connectionString;
    readonly SemaphoreSlim writing = new(1, 1);
    readonly Dictionary<string, SqliteCommand> prepared = [];
    SqliteConnection? writer;

    public SqliteDatabase(string directory)
    {
        MakePrivate(directory);
        this.directory = directory;
        connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = Path.Combine(directory, FileName),
            DefaultTimeout = BusySeconds,
        }.ToString();
    }

    public static bool IsIn(string directory) => File.Exists(Path.Combine(directory, FileName));

    public override string Description => $"SQLite in {directory}";

    public override string OneOf(string parameter) => $"in @{parameter}";

    // Every value is a parameter that is looked for by its name: time grows with the square.
    public override int ListSize => 500;

    public override string Translate(string schema) => ConstraintScript.ForSqlite(schema)
        .Replace("{identity}", "integer primary key autoincrement", StringComparison.Ordinal)
        .Replace("{id}", "integer primary key", StringComparison.Ordinal)
        .Replace("{blob}", "blob", StringComparison.Ordinal);

    public override async Task<T> WriteAsync<T>(Func<WriteSession, Task<T>> write, CancellationToken cancel)
    {
        await writing.WaitAsync(cancel);
        try
        {
            writer ??= await OpenAsync(cancel);
            // BEGIN IMMEDIATE: the writer's place is taken before anything is read, so what was read still holds.
            await using var transaction = writer.BeginTransaction(deferred: false);
            var result = await write(new SqliteSession(this, writer, transaction, prepared));
            await transaction.CommitAsync(CancellationToken.None);
            return result;
        }
        finally
        {
            writing.Release();
        }
    }

    /// <summary>There is one writer at a time, and it never has to begin anew.</summary>
    public override Task<T> AppendAsync<T>(Func<WriteSession, Task<T>> write, CancellationToken cancel) =>
        WriteAsync(write, cancel);

    public override Task<IAsyncDisposable?> TryLockAsync(string job, CancellationToken cancel)
    {
        try
        {
            // An advisory lock of the operating system: it goes with the process, however that ends.
            return Task.FromResult<IAsyncDisposable?>(new FileStream(
                Path.Combine(directory, $"{job}.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException)
        {
            return Task.FromResult<IAsyncDisposable?>(null);
        }
    }

    /// <summary>
    /// Over a connection of its own: the usual one would make the file a write-ahead one. While nobody works on the
    /// file it is read as one that cannot change, or the engine would leave its own two files beside it.
    /// </summary>
    internal override async Task<FoundSchema> LookAsync(CancellationToken cancel)
    {
        var file = new FileInfo(Path.Combine(directory, FileName));
        if (!file.Exists || file.Length == 0)
        {
            return FoundSchema.Nothing;
        }
        var isAlone = !File.Exists($"{file.FullName}-wal") && !File.Exists($"{file.FullName}-journal");
        try
        {
            await using var connection = new SqliteConnection(
                new SqliteConnectionStringBuilder(connectionString)
                {
                    DataSource = isAlone ? $"{new Uri(file.FullName).AbsoluteUri}?immutable=1" : file.FullName,
                    Mode = SqliteOpenMode.ReadOnly, Pooling = false,
                }.ToString());
            await connection.OpenAsync(cancel);
            await using var moment = connection.BeginTransaction(deferred: true);
            return await FoundSchema.ReadAsync(connection, Tables, Columns);
        }
        catch (SqliteException e) when (e.SqliteErrorCode == NotADatabase)
        {
            throw new StoreRefusedException($"{file.FullName} is not a database: name another store");
        }
    }

    internal override Task BuildIndexAsync(IndexStatement index, CancellationToken cancel) => WriteAsync(
        session => session.ExecuteAsync($"{index.Begins} if not exists {index.Rest}"), cancel);

    public override async ValueTask DisposeAsync()
    {
        foreach (var command in prepared.Values)
        {
            await command.DisposeAsync();
        }
        if (writer is not null)
        {
            await writer.DisposeAsync();
        }
        SqliteConnection.ClearPool(new SqliteConnection(connectionString));
        writing.Dispose();
    }

    /// <summary>Names, identity numbers and health data: for the service's own user only.</summary>
    static void MakePrivate(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(directory);
        }
        else
        {
            Directory.CreateDirectory(
                directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    // Deferred: a reader in WAL mode, which takes no writer's place.
    protected override string BeginSnapshot => "begin deferred";

    protected override async Task<DbConnection> ConnectAsync(CancellationToken cancel) => await OpenAsync(cancel);

    async Task<SqliteConnection> OpenAsync(CancellationToken cancel)
    {
        var connection = new SqliteConnection(connectionString);
        await connection.OpenAsync(cancel);
        await using var pragmas = connection.CreateCommand();
        pragmas.CommandText =
            "pragma journal_mode=wal; pragma synchronous=full; pragma cache_size=-16384; pragma temp_store=memory; "
            + "pragma foreign_keys=on;";
        await pragmas.ExecuteNonQueryAsync(cancel);
        return connection;
    }

    sealed class SqliteSession(
        SqliteDatabase database, SqliteConnection connection, SqliteTransaction transaction,
        Dictionary<string, SqliteCommand> prepared)
        : WriteSession(database, connection, transaction)
    {
        /// <summary>
        /// Result by result: the driver says nothing of what fails after a statement that has one, and adding a check
        /// has one.
        /// </summary>
        public override async Task ExecuteScriptAsync(string sql, object? parameters = null)
        {
            await using var results = await Connection.ExecuteReaderAsync(sql, parameters, Transaction);
            do
            {
                while (await results.ReadAsync())
                {
                }
            }
            while (await results.NextResultAsync());
        }

        public override Task<int[]> ExecuteManyAsync(string sql, Rows rows)
        {
            var affected = new int[rows.Values.Count];
            if (affected.Length == 0)
            {
                return Task.FromResult(affected);
            }
            var command = Prepare(sql, rows.Columns.Columns);
            for (var i = 0; i < affected.Length; i++)
            {
                var values = rows.Values[i];
                for (var p = 0; p < values.Length; p++)
                {
                    command.Parameters[p].Value = values[p] ?? DBNull.Value;
                }
                affected[i] = command.ExecuteNonQuery();
            }
            return Task.FromResult(affected);
        }

        SqliteCommand Prepare(string sql, IReadOnlyList<Column> columns)
        {
            if (!prepared.TryGetValue(sql, out var command))
            {
                command = ((SqliteConnection)Connection).CreateCommand();
#pragma warning disable CA2100 // The text is a constant of a store; values are parameters.
                command.CommandText = sql;
#pragma warning restore CA2100
                foreach (var column in columns)
                {
                    command.Parameters.Add(new SqliteParameter($"@{column.Parameter}", null));
                }
                prepared.Add(sql, command);
            }
            command.Transaction = (SqliteTransaction)Transaction;
            return command;
        }
    }
}
