namespace Issuer.Core;

/// <summary>
/// How far clocks may differ before nothing is written or signed. Two instances on ordinary machines differ by seconds;
/// a clock that is wrong by more would begin certificates before their predecessors and end them on another day.
/// </summary>
public static class ClockAgreement
{
    public static readonly TimeSpan MostDisagreement = TimeSpan.FromMinutes(1);

    /// <summary>Null: our clock may write.</summary>
    /// <param name="lastWritten">The latest clock that has written to the store; null: none has.</param>
    public static Rejection? WithStore(DateTimeOffset now, DateTimeOffset? lastWritten) =>
        lastWritten is { } last && last - now > MostDisagreement
            ? new Rejection(RejectionKind.Unavailable,
                $"The store was last written at {last:u}, later than this clock says.")
            : null;

    /// <summary>Null: our clock may sign.</summary>
    /// <param name="before">Ours, before the database was asked for its own.</param>
    /// <param name="after">Ours, when it had answered.</param>
    public static Rejection? WithDatabase(DateTimeOffset before, DateTimeOffset theirs, DateTimeOffset after) =>
        before - theirs <= MostDisagreement && theirs - after <= MostDisagreement
            ? null
            : new Rejection(RejectionKind.Unavailable,
                $"The database's clock says {theirs:u} and ours {before:u}: nothing is signed until they agree.");
}
