namespace Issuer.Core;

/// <summary>
/// Decisions that must see and write in one transaction: the decision is here in Core, the rows are the store's. Safe
/// to call concurrently.
/// </summary>
/// <typeparam name="TRows">What such a decision reads and writes; only for use inside it.</typeparam>
public interface ITransactions<out TRows>
{
    /// <summary>
    /// Runs the decision. All it reads is of one moment; what it wrote is durable when this returns, and nothing is
    /// left behind when it throws. When somebody else changed a row that it writes, it is run again from its
    /// beginning, on what is there now: it must have no other effect than on its rows. A refusal is an answer like
    /// any other: what was written before it (an audit row) stays.
    /// </summary>
    Task<T> DecideAsync<T>(Func<TRows, Task<T>> decide, CancellationToken cancel);
}
