namespace Issuer.Core.Revocation;

/// <summary>An approved bulk act, and how far it has come.</summary>
/// <param name="DoneTo">The last row that was looked at; the next step begins after it.</param>
/// <param name="IsNew">No row was looked at yet.</param>
/// <param name="SuspendedUntil">Certificates are suspended until then; null: revoked for good.</param>
public sealed record ApprovedBulk(
    long Id, RevocationReason Why, bool IsOfRecords, long ApprovalId, string ApprovedBy, long DoneTo, bool IsNew,
    DateTimeOffset? SuspendedUntil = null);

/// <summary>Approved bulk acts beside what they revoke.</summary>
public interface IBulkTransaction : IWithdrawalTransaction
{
    /// <summary>The oldest act that has not ended; null: none waits.</summary>
    Task<ApprovedBulk?> NextAsync();

    /// <summary>The next few rows of its set, by number.</summary>
    Task<IReadOnlyList<long>> ItemsAsync(ApprovedBulk bulk, int limit);

    /// <summary>
    /// Those of the set's records that are as they were shown and not withdrawn; of its certificates those that have
    /// not expired and that nothing but this act has revoked.
    /// </summary>
    Task<IReadOnlyList<long>> UnchangedAsync(ApprovedBulk bulk, IReadOnlyCollection<long> items, DateTimeOffset now);

    /// <summary>Keeps how far it is.</summary>
    /// <param name="leftAlone">Rows that were no longer as they were shown.</param>
    /// <param name="revoked">Certificates.</param>
    Task<BulkProgress> AdvanceAsync(
        ApprovedBulk bulk, long doneTo, long done, IReadOnlyCollection<long> leftAlone, long revoked);

    Task<BulkProgress> FinishAsync(ApprovedBulk bulk, DateTimeOffset at);
}
