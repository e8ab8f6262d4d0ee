using System.Net.Sockets;
using Issuer.Core;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Issuer.Storage;

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
    public static RejectionKind? KindOf(Exception? e) => e switch
    {
        null => null,
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } => RejectionKind.NoRoom,
        PostgresException { SqlState: PostgresErrorCodes.QueryCanceled } => RejectionKind.Unavailable,
        PostgresException { SqlState: { } state } =>
            AwayStates.Contains(state) || AwayClasses.Contains(state[..2]) ? RejectionKind.Unavailable : null,
        SqliteException { SqliteErrorCode: SqliteFull } => RejectionKind.NoRoom,
        SqliteException
        {
            SqliteErrorCode: SqliteBusy or SqliteLocked or SqliteReadOnly or SqliteInputOutput or SqliteCannotOpen,
        } => RejectionKind.Unavailable,
        IOException { HResult: NoSpaceLeft or QuotaExceeded } => RejectionKind.NoRoom,
        SocketException or TimeoutException => RejectionKind.Unavailable,
        NpgsqlException { IsTransient: true } => RejectionKind.Unavailable,
        _ => KindOf(e.InnerException),
    };

    /// <summary>For everybody's eyes. Null: it is no outage.</summary>
    public static Rejection? RefusalOf(Exception e) => KindOf(e) switch
    {
        RejectionKind.NoRoom => new Rejection(
            RejectionKind.NoRoom, "the store is full; try again later (kho dữ liệu đã đầy, hãy thử lại sau)"),
        { } kind => new Rejection(
            kind, "the store does not answer; try again (kho dữ liệu không trả lời, hãy thử lại)"),
        null => null,
    };
}
