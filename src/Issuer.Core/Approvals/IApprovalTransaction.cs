using Issuer.Core.Policies;

namespace Issuer.Core.Approvals;

/// <summary>
/// The requests, and by feature what the acts of the closed list read and write. Lists are one statement each.
/// </summary>
public interface IApprovalTransaction : IAuditRows
{
    IHoldRows Holds { get; }

    IHeldSetRows HeldSets { get; }

    IPersonRows Persons { get; }

    IBulkRows Bulks { get; }

    IUndoRows Revocations { get; }

    IKeyRows Keys { get; }

    IPolicyRows Policies { get; }

    IAuthorityRows Authority { get; }

    Task<Approval?> FindAsync(long id);

    /// <summary>The one that still waits for an answer with this digest, expired or not.</summary>
    Task<Approval?> OpenAsync(byte[] digest);

    Task AddAsync(Approval approval);

    /// <summary>Keeps the answer if nobody has answered and the digest is the stored one.</summary>
    /// <returns>False: somebody was quicker, and nothing is written.</returns>
    Task<bool> CloseAsync(Approval approval, ApprovalState state, string by, DateTimeOffset at);
}
