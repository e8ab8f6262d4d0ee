using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Issuer.Storage;

/// <summary>Why a store takes nothing, for now.</summary>
public enum StoreOutage
{
    Away,
    Full,
}

/// <summary>
/// Which failures are the store's being away or full, and not a mistake of ours: they end by themselves or by an
/// operator, and the same request may be sent again.
/// </summary>
public static class StoreOutages
{
    const int SqliteBusy = 5;
    const int SqliteLocked = 6;
    const int SqliteReadOnly = 8;
    const int SqliteInputOutput = 10;
    const int SqliteFull = 13;
    const int SqliteCannotOpen = 14;

    // Of Linux; the platform leaves them as they are.
    const int NoSpaceLeft = 28;
    const int QuotaExceeded = 122;

    /// <summary>Connection, resources, operator, system: the classes of SQLSTATE that say nothing about us.</summary>
    static readonly string[] AwayClasses = ["08", "53", "57", "58"];

    static readonly string[] AwayStates =
    [
        PostgresErrorCodes.ReadOnlySqlTransaction, PostgresErrorCodes.SerializationFailure,
        PostgresErrorCodes.DeadlockDetected, PostgresErrorCodes.LockNotAvailable,
    ];

    /// <summary>Null: it is no outage.</summary>
    public static StoreOutage? KindOf(Exception? e) => e switch
    {
        null => null,
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } => StoreOutage.Full,
        PostgresException { SqlState: PostgresErrorCodes.QueryCanceled } => StoreOutage.Away,
        PostgresException { SqlState: { } state } =>
            AwayStates.Contains(state) || AwayClasses.Contains(state[..2]) ? StoreOutage.Away : null,
        SqliteException { SqliteErrorCode: SqliteFull } => StoreOutage.Full,
        SqliteException
        {
            SqliteErrorCode: SqliteBusy or SqliteLocked or SqliteReadOnly or SqliteInputOutput or SqliteCannotOpen,
        } => StoreOutage.Away,
        IOException { HResult: NoSpaceLeft or QuotaExceeded } => StoreOutage.Full,
        SocketException or TimeoutException => StoreOutage.Away,
        NpgsqlException { IsTransient: true } => StoreOutage.Away,
        _ => KindOf(e.InnerException),
    };
}
