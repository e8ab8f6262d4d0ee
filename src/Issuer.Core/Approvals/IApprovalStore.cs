namespace Issuer.Core.Approvals;

/// <summary>Requests for what takes two people. Safe to call concurrently; durable when it returns.</summary>
public interface IApprovalStore : ITransactions<IApprovalTransaction>
{
    /// <summary>Nobody gets it again.</summary>
    Task<long> NewIdAsync(CancellationToken cancel);

    /// <summary>What nobody has answered of this act, the oldest first.</summary>
    Task<IReadOnlyList<Approval>> WaitingAsync(string act, CancellationToken cancel);

    /// <summary>By id, from the one after <paramref name="after"/> on.</summary>
    Task<IReadOnlyList<Approval>> PageAsync(long after, int limit, CancellationToken cancel);
}
