namespace Issuer.Core;

/// <summary>
/// How far clocks may differ before nothing is written or signed. Two instances on ordinary machines differ by seconds;
/// a clock that is wrong by more would begin certificates before their predecessors and end them on another day.
/// </summary>
public static class ClockAgreement
{
    public static readonly TimeSpan MostDisagreement = TimeSpan.FromMinutes(1);

    /// <summary>Null: what follows may write. The store remembers our clock, unless it has seen a later one.</summary>
    public static async Task<Rejection?> EnterAsync(IStoreClock store, DateTimeOffset now, CancellationToken cancel) =>
        WithStore(now, await store.RaiseAsync(now, cancel));

    /// <summary>
    /// Null: what follows may sign. Our clock beside the database's own: iat and exp come from ours, and one that is
    /// wrong would sign them.
    /// </summary>
    public static async Task<Rejection?> CompareAsync(
        IStoreClock store, TimeProvider clock, CancellationToken cancel)
    {
        var before = clock.GetUtcNow();
        // Theirs was read somewhere between two looks at ours.
        return await store.DatabaseNowAsync(cancel) is { } theirs
            ? WithDatabase(before, theirs, clock.GetUtcNow())
            : null;
    }

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
