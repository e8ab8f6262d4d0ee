using Issuer.Core.Records;

namespace Issuer.Core.Identity;

/// <summary>Records as step 3 needs them. One matching round at a time is the caller's business.</summary>
public interface IIdentityStore
{
    /// <summary>Pending records with an id above <paramref name="after"/>, lowest first.</summary>
    Task<IReadOnlyList<StoredRecord>> ClaimPendingAsync(long after, int limit, CancellationToken cancel);

    /// <summary>
    /// Stores the results in one transaction, durable when it returns: finds or opens the subjects, tells duplicates
    /// with <see cref="FindDuplicates"/>, and marks every subject touched as due for a decision. A result for a version
    /// that has been corrected meanwhile is dropped. An exempt record that contradicts its subject becomes mismatched.
    /// </summary>
    /// <returns>The states as stored, without the dropped ones.</returns>
    Task<IReadOnlyList<RecordState>> ApplyAsync(
        IReadOnlyList<MatchedRecord> results, Act act, CancellationToken cancel);
}
