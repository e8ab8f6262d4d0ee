namespace Issuer.Core;

/// <summary>The clocks behind a store. Safe to call concurrently.</summary>
public interface IStoreClock
{
    /// <summary>
    /// Raises the mark of the latest clock that has written to the store; never lowers it. Durable when it returns.
    /// </summary>
    /// <returns>The mark as it was before; null: nobody has written yet.</returns>
    Task<DateTimeOffset?> RaiseAsync(DateTimeOffset now, CancellationToken cancel);

    /// <summary>The database server's own clock; null: it is this machine's.</summary>
    Task<DateTimeOffset?> DatabaseNowAsync(CancellationToken cancel);
}
