using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Issuer.Tests.Storage;

/// <summary>
/// One real server for a test run: Debian's binaries, a folder of its own, a Unix socket, no network.
/// </summary>
public sealed class PostgresServer : IAsyncLifetime
{
    const string Installed = "/usr/lib/postgresql";

    /// <summary>The server refuses to run as root.</summary>
    static readonly bool IsRoot = Environment.UserName == "root";

    static int databases;

    readonly string directory = Directory.CreateTempSubdirectory("issuer-pg-").FullName;

    /// <summary>What to install, or null when it is there.</summary>
    public static string? Missing { get; } = Binaries() is null
        ? $"PostgreSQL 15 or later is not installed (no {Installed}/*/bin): apt-get install postgresql"
        : null;

    public async Task InitializeAsync()
    {
        Assert.True(Missing is null, Missing);
        if (IsRoot)
        {
            await RunAsync("chown", "postgres", directory);
        }
        await AsServerAsync("initdb", "--pgdata", Data, "--username", "issuer", "--auth", "trust", "--no-sync",
            "--encoding", "UTF8", "--locale", "C.UTF-8");
        await StartAsync();
    }

    /// <summary>As a crash of the server would: every connection ends, what was not committed is gone.</summary>
    public async Task RestartAsync()
    {
        await AsServerAsync("pg_ctl", "stop", "--mode", "immediate", "--pgdata", Data);
        await StartAsync();
    }

    /// <summary>Durability is the production server's matter; what is tested here is what the statements do.</summary>
    Task StartAsync() =>
        AsServerAsync("pg_ctl", "start", "--wait", "--pgdata", Data, "--log", Path.Combine(directory, "log"),
        "--options", $"-c listen_addresses='' -c unix_socket_directories='{directory}' -c fsync=off");

    /// <summary>A connection string to an empty database.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = $"test_{Interlocked.Increment(ref databases).ToString(CultureInfo.InvariantCulture)}";
        await using var source = NpgsqlDataSource.Create(ConnectionTo("postgres"));
        await using var create = source.CreateCommand($"create database {name}");
        await create.ExecuteNonQueryAsync();
        return ConnectionTo(name);
    }

    public async Task DisposeAsync()
    {
        await AsServerAsync("pg_ctl", "stop", "--mode", "immediate", "--pgdata", Data);
        Directory.Delete(directory, recursive: true);
    }

    string Data => Path.Combine(directory, "data");

    string ConnectionTo(string database) =>
        $"Host={directory};Username=issuer;Database={database};Maximum Pool Size=20";

    static string? Binaries() => Directory.Exists(Installed)
        ? Directory.GetDirectories(Installed)
            .OrderByDescending(d => int.TryParse(Path.GetFileName(d), out var version) ? version : 0)
            .Select(d => Path.Combine(d, "bin"))
            .FirstOrDefault(d => File.Exists(Path.Combine(d, "initdb")))
        : null;

    static Task AsServerAsync(string program, params string[] arguments)
    {
        var path = Path.Combine(Binaries()!, program);
        return IsRoot
            ? RunAsync("runuser", ["-u", "postgres", "--", path, .. arguments])
            : RunAsync(path, arguments);
    }

    static async Task RunAsync(string program, params string[] arguments)
    {
        // The server inherits these: reading them to their end would wait for the server.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "\"$@\" >/dev/null 2>&1", "sh", program, .. arguments])
        {
            WorkingDirectory = "/",
        };
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}");
    }
}

[CollectionDefinition(Name)]
public sealed class PostgresCollection : ICollectionFixture<PostgresServer>
{
    public const string Name = "PostgreSQL";
}
