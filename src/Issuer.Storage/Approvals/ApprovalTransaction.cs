using Issuer.Core;
using Issuer.Core.Approvals;
using Issuer.Core.Policies;
using Issuer.Storage.Policies;
using static Issuer.Storage.Predicates;

namespace Issuer.Storage.Approvals;

sealed class ApprovalTransaction(WriteSession session) : IApprovalTransaction
{
    public IHoldRows Holds { get; } = new HoldRows(session);

    public IHeldSetRows HeldSets { get; } = new HeldSetRows(session);

    public IPersonRows Persons { get; } = new PersonRows(session);

    public IBulkRows Bulks { get; } = new BulkRows(session);

    public IUndoRows Revocations { get; } = new UndoRows(session);

    public IKeyRows Keys { get; } = new KeyRows(session);

    public IPolicyRows Policies { get; } = new PolicyTransaction(session);

    public IAuthorityRows Authority { get; } = new AuthorityRows(session);

    public Task<Approval?> FindAsync(long id) => ApprovalColumns.FindAsync(session, id);

    public Task<Approval?> OpenAsync(byte[] digest) => ApprovalColumns.OpenAsync(session, digest);

    public Task AddAsync(Approval approval) =>
        ApprovalColumns.InsertAsync(session, approval);

    /// <summary>By compare-and-swap.</summary>
    public async Task<bool> CloseAsync(Approval approval, ApprovalState state, string by, DateTimeOffset at) =>
        await session.ExecuteAsync(
            $"""
            update approval set state = @state, decided_by = @by, decided_at = @at
            where id = @Id and {WaitsForSecond("approval")} and digest = @Digest
            """,
            new { state = (long)state, by, at = at.ToUnixTimeSeconds(), approval.Id, approval.Digest }) == 1;

    public Task AuditAsync(Act act, string what, IReadOnlyCollection<long> objects) =>
        AuditRows.AddAsync(session, act, what, objects);

    public Task AuditAsync(Act act, string what) => AuditRows.AddAsync(session, act, [what]);
}
