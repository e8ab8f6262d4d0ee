namespace Issuer.Core.Approvals;

/// <summary>
/// Requests for what takes two people. Safe to call concurrently; durable when it returns. Every answer, refusals of
/// known requests included, leaves an audit row.
/// </summary>
public interface IApprovalStore
{
    /// <summary>
    /// Stores the command with the set it acts on now. The same command on the same set, while it is open, is the same
    /// request.
    /// </summary>
    Task<Result<Approval>> RequestAsync(
        TwoPersonCommand command, Person requester, DateTimeOffset now, CancellationToken cancel);

    /// <summary>
    /// Executes the request in the transaction that marks it executed, once; refused when the set is not what it was.
    /// </summary>
    Task<Result<Approval>> ApproveAsync(long id, Person approver, DateTimeOffset now, CancellationToken cancel);

    Task<Result<Approval>> RejectAsync(long id, Person person, DateTimeOffset now, CancellationToken cancel);

    /// <summary>By id, from the one after <paramref name="after"/> on.</summary>
    Task<IReadOnlyList<Approval>> PageAsync(long after, int limit, CancellationToken cancel);
}
