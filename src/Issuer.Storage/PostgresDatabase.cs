using System.Data;
using System.Data.Common;
using System.Security.Cryptography;
using Dapper;
using Issuer.Storage.Schema;
using Npgsql;
using NpgsqlTypes;

namespace Issuer.Storage;

/// <summary>PostgreSQL 15 or later, for everything larger than one facility or a test.</summary>
sealed class PostgresDatabase : Database
{
    const int TriesOnConflict = 50;
    const int PreparedStatements = 200;
    const int LongestWaitMilliseconds = 50;

    /// <summary>From here on COPY is worth its extra round trip.</summary>
    const int FewestToCopy = 5;

    // What extensions put there is nobody's store.
    const string Tables =
        """
        select c.relname::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = current_schema() and c.relkind in ('r', 'p', 'v', 'm', 'f') and not exists (
            select 1 from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
        """;

    const string Columns =
        """
        select a.attname::text from pg_attribute a join pg_class c on c.oid = a.attrelid
            join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = current_schema() and c.relname = @table and a.attnum > 0 and not a.attisdropped
        """;

    readonly NpgsqlDataSource source;

    public PostgresDatabase(string connectionString, bool isPatient)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        if (settings.MaxAutoPrepare == 0 && !connectionString.Contains(
            "Auto Prepare", StringComparison.OrdinalIgnoreCase))
        {
            // Planning a fetch takes longer than doing it. A pooler between us says "Max Auto Prepare=0".
            settings.MaxAutoPrepare = PreparedStatements;
        }
        if (isPatient)
        {
            settings.CommandTimeout = 0;
        }
        // Metrics are labelled with the name, which otherwise is the connection string.
        source = new NpgsqlDataSourceBuilder(settings.ConnectionString) { Name = "issuer" }.Build();
    }

    public override string Description
    {
        get
        {
            var settings = new NpgsqlConnectionStringBuilder(source.ConnectionString);
            return $"PostgreSQL {settings.Database} on {settings.Host}";
        }
    }

    public override string OneOf(string parameter) => $"= any(@{parameter})";

    public override int ListSize => 5000;

    public override string Translate(string schema) => ConstraintScript.ForPostgres(schema)
        .Replace("{identity}", "bigint generated always as identity primary key", StringComparison.Ordinal)
        .Replace("{id}", "bigint primary key", StringComparison.Ordinal)
        .Replace("{blob}", "bytea", StringComparison.Ordinal);

    internal override string WaitBriefly => "set local lock_timeout = '3s'";

    // What was read still holds when it is committed, or the commit fails: every change of a person's doses also writes
    // the person's row, so two of them never pass each other.
    public override Task<T> WriteAsync<T>(Func<WriteSession, Task<T>> write, CancellationToken cancel) =>
        TransactAsync(IsolationLevel.RepeatableRead, write, cancel);

    public override Task<T> AppendAsync<T>(Func<WriteSession, Task<T>> write, CancellationToken cancel) =>
        TransactAsync(IsolationLevel.ReadCommitted, write, cancel);

    public override async Task<DateTimeOffset?> NowAsync(CancellationToken cancel) =>
        DateTimeOffset.FromUnixTimeMilliseconds(
        await ReadAsync(
            connection => connection.ExecuteScalarAsync<long>(
                "select (extract(epoch from clock_timestamp()) * 1000)::bigint"),
            cancel));

    public override Task AnalyzeAsync(string table, CancellationToken cancel) =>
        ReadAsync(connection => connection.ExecuteAsync($"analyze {table}"), cancel);

    public override async Task<IAsyncDisposable?> TryLockAsync(string job, CancellationToken cancel)
    {
        var connection = await source.OpenConnectionAsync(cancel);
        var locked = await connection.ExecuteScalarAsync<bool>(
            "select pg_try_advisory_lock(hashtext('issuer'), hashtext(@job))", new { job });
        if (locked)
        {
            return new SessionLock(connection, job);
        }
        await connection.DisposeAsync();
        return null;
    }

    internal override Task<FoundSchema> LookAsync(CancellationToken cancel) => SnapshotAsync(
        connection => FoundSchema.ReadAsync(connection, Tables, Columns), cancel);

    /// <summary>One that was interrupted is left by the engine as invalid, and would be taken for built.</summary>
    internal override Task BuildIndexAsync(IndexStatement index, CancellationToken cancel) => ReadAsync(
        async connection =>
        {
            var isInvalid = await connection.ExecuteScalarAsync<bool>(
                "select exists (select 1 from pg_index where indexrelid = to_regclass(@Name) and not indisvalid)",
                new { index.Name });
            if (isInvalid)
            {
                await connection.ExecuteAsync($"drop index concurrently {index.Name}");
            }
            return await connection.ExecuteAsync($"{index.Begins} concurrently if not exists {index.Rest}");
        },
        cancel);

    public override ValueTask DisposeAsync() => source.DisposeAsync();

    protected override string BeginSnapshot => "begin isolation level repeatable read read only";

    protected override async Task<DbConnection> ConnectAsync(CancellationToken cancel) =>
        await source.OpenConnectionAsync(cancel);

    async Task<T> TransactAsync<T>(
        IsolationLevel isolation, Func<WriteSession, Task<T>> write, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var connection = await source.OpenConnectionAsync(cancel);
                await using var transaction = await connection.BeginTransactionAsync(isolation, cancel);
                var result = await write(new PostgresSession(this, connection, transaction));
                await transaction.CommitAsync(CancellationToken.None);
                return result;
            }
            catch (PostgresException e) when (IsConflict(e) && attempt < TriesOnConflict)
            {
                // The other one won and this transaction left nothing: it is decided again on what is there now.
                await Task.Delay(
                    RandomNumberGenerator.GetInt32(1 + Math.Min(attempt * 5, LongestWaitMilliseconds)), cancel);
            }
        }
    }

    static bool IsConflict(PostgresException e) => e.SqlState is PostgresErrorCodes.SerializationFailure
        or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.UniqueViolation
        or PostgresErrorCodes.LockNotAvailable;

    sealed class SessionLock(NpgsqlConnection connection, string job) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await connection.ExecuteAsync(
                "select pg_advisory_unlock(hashtext('issuer'), hashtext(@job))", new { job });
            await connection.DisposeAsync();
        }
    }

    sealed class PostgresSession(
        PostgresDatabase database, NpgsqlConnection connection, NpgsqlTransaction transaction)
        : WriteSession(database, connection, transaction)
    {
        public override async Task<int[]> ExecuteManyAsync(string sql, Rows rows)
        {
            if (rows.Values.Count == 0)
            {
                return [];
            }
            var types = TypesOf(rows);
            await using var batch = new NpgsqlBatch((NpgsqlConnection)Connection, (NpgsqlTransaction)Transaction);
            foreach (var values in rows.Values)
            {
                var command = new NpgsqlBatchCommand(sql);
                for (var p = 0; p < values.Length; p++)
                {
                    command.Parameters.Add(new NpgsqlParameter(rows.Columns.Columns[p].Parameter, types[p])
                    {
                        Value = values[p] ?? DBNull.Value,
                    });
                }
                batch.BatchCommands.Add(command);
            }
            await batch.ExecuteNonQueryAsync();
            return batch.BatchCommands.Cast<NpgsqlBatchCommand>().Select(c => (int)c.RecordsAffected).ToArray();
        }

        public override async Task InsertAsync(string table, Rows rows)
        {
            if (rows.Values.Count < FewestToCopy)
            {
                await base.InsertAsync(table, rows);
                return;
            }
            var types = TypesOf(rows);
            await using var copy = await ((NpgsqlConnection)Connection).BeginBinaryImportAsync(
                $"copy {table} ({rows.Columns}) from stdin (format binary)");
            foreach (var values in rows.Values)
            {
                await copy.StartRowAsync();
                for (var p = 0; p < values.Length; p++)
                {
                    await (values[p] is { } value ? copy.WriteAsync(value, types[p]) : copy.WriteNullAsync());
                }
            }
            await copy.CompleteAsync();
        }

        static NpgsqlDbType[] TypesOf(Rows rows) => [.. rows.Columns.Columns.Select(column => TypeOf(column.Type))];

        static NpgsqlDbType TypeOf(Type type) =>
            type == typeof(string) ? NpgsqlDbType.Text
            : type == typeof(byte[]) ? NpgsqlDbType.Bytea
            : NpgsqlDbType.Bigint;
    }
}
