using Issuer.Core.Records;
using Issuer.Core.Revocation;
using Issuer.Hcert;

namespace Issuer.Core.Approvals;

/// <summary>An exempt record of a facility, and what it is held for.</summary>
public sealed record ExemptRecord(long Id, HoldReason Held);

/// <summary>Suspicions, and the cap on records that no registry can confirm.</summary>
public interface IHoldRows
{
    /// <summary>Those of them that are held, by id.</summary>
    Task<IReadOnlyList<HeldRecord>> FindAsync(IReadOnlyCollection<long> records);

    /// <summary>Ends the suspicion; the persons behind them are decided again.</summary>
    Task ReleaseAsync(IReadOnlyCollection<long> records, Act act);

    Task<bool> IsFacilityAsync(string facility);

    /// <summary>What two people raised the cap to; null: it is the policy's.</summary>
    Task<long?> RaisedCapAsync(string facility);

    /// <summary>Its records that are matched or exempt, attested and not held.</summary>
    Task<long> CountGoodAsync(string facility);

    /// <summary>By id.</summary>
    Task<IReadOnlyList<ExemptRecord>> ExemptAsync(string facility);

    Task RaiseCapAsync(string facility, long cap);
}

/// <summary>A lineage to be opened again, with the head it had.</summary>
public sealed record LineageReopening(long Lineage, Slot? Head);

/// <summary>Two persons that become one, and one that becomes two again.</summary>
public interface IPersonRows
{
    /// <summary>Those of these that were not merged into another.</summary>
    Task<IReadOnlyList<long>> StandingAsync(IReadOnlyCollection<long> subjects);

    /// <summary>Everything that hangs on them.</summary>
    Task<PersonSet> ReadAsync(IReadOnlyCollection<long> subjects);

    Task<IReadOnlyDictionary<long, DateTimeOffset>> IssuedAtAsync(IReadOnlyCollection<long> slots);

    /// <summary>It names no current certificate any more, and what waits for its signature there is given up.</summary>
    Task EndLineageAsync(long lineage);

    /// <summary>
    /// All that hangs on the one goes to the other, whose open lineage remembers it. Nothing is left to decide about
    /// the one, and what was being decided is void.
    /// </summary>
    Task MergeAsync(long kept, long merged, long approval);

    /// <summary>The approval that merged it; null: it stands for itself, or is not there.</summary>
    Task<long?> MergedByAsync(long subject);

    Task UnmergeAsync(long merged);

    /// <summary>They are matched again, and find their person by themselves.</summary>
    Task MatchAgainAsync(IReadOnlyCollection<long> records);

    Task ForgetDocumentsAsync(IReadOnlyCollection<string> documents);

    /// <summary>What is with the one still, goes to the other.</summary>
    Task MoveAsync(PersonSet set, long from, long to);

    /// <summary>
    /// Opens these lineages again, with the head they had; one that is open keeps what it has issued since. Not where
    /// the person has another open one, nor where a closed one's head was revoked for good.
    /// </summary>
    Task ReopenAsync(IReadOnlyCollection<LineageReopening> lineages);

    /// <summary>
    /// Tells duplicates anew, voids what was signed over a dose that somebody called a repetition, and makes the
    /// persons due for a decision.
    /// </summary>
    Task RefreshAsync(IReadOnlyCollection<long> subjects);

    /// <summary>Whether their facility's statement stands.</summary>
    Task SetAttestedAsync(IReadOnlyCollection<(long Record, bool IsAttested)> records);
}

/// <summary>The rows of a bulk act's set, as they are stored.</summary>
/// <param name="Digest">Of every row with its version, as the rows are now.</param>
public sealed record StoredBulk(long Id, int Size, byte[] Digest);

/// <summary>The exact rows a bulk act works on, in a table: a million of them fit into no approval.</summary>
public interface IBulkRows
{
    /// <summary>Stores what the command reaches, unless the very same set waits for an answer already.</summary>
    /// <param name="wholeLineages">Whether it reaches every certificate of a lineage.</param>
    /// <returns>Null: it reaches nothing, and nothing is stored.</returns>
    Task<StoredBulk?> StoreAsync(RevokeInBulk command, bool wholeLineages);

    /// <summary>The set that this command stored under this digest, if it is not approved yet.</summary>
    Task<StoredBulk?> FindAsync(RevokeInBulk command, byte[] digest);

    /// <summary>A job does it in steps: <see cref="RevokeInSteps"/>.</summary>
    Task ApproveAsync(StoredBulk bulk, long approval, Act act);
}

/// <summary>The lineage behind a revoked certificate.</summary>
/// <param name="HasHead">It names a current certificate, be it revoked.</param>
/// <param name="IsHeadRevoked">A revocation or suspension stands against that one.</param>
/// <param name="IsAnotherOpen">The person has another, which is open.</param>
public sealed record LineageBehind(
    long Id, long SubjectId, bool IsOpen, bool HasHead, bool IsHeadRevoked, bool IsAnotherOpen);

/// <summary>Revocations that were wrong.</summary>
public interface IUndoRows
{
    /// <summary>
    /// What stands against the certificate, and against others of its lineage by the same act; by number.
    /// </summary>
    Task<IReadOnlyList<(long Id, long Slot)>> DeclaredTogetherAsync(long slot);

    Task UndoAsync(IReadOnlyCollection<long> revocations, Act act, string reason);

    /// <summary>Read after <see cref="UndoAsync"/>.</summary>
    Task<LineageBehind> LineageOfAsync(long slot);

    Task ReopenAsync(long lineage);

    /// <summary>It names no current certificate any more.</summary>
    Task LeaveHeadAsync(long lineage);

    /// <summary>A successor is due where the lineage is open under a DSC that was withdrawn meanwhile.</summary>
    Task ReplaceKeyWithdrawnAsync(long lineage, DateTimeOffset now);

    /// <summary>Whether they are entitled to it still is decided again.</summary>
    Task DecideAgainAsync(long subject);
}

/// <summary>A DSC in use.</summary>
public sealed record UsedDsc(string Thumbprint, byte[] Der);

/// <summary>DSCs, and how long they may be made do with.</summary>
public interface IKeyRows
{
    /// <summary>By thumbprint.</summary>
    Task<IReadOnlyList<UsedDsc>> InUseAsync();

    /// <summary>It signs no more; a job makes the successors of what it signed due.</summary>
    Task WithdrawAsync(IReadOnlyCollection<UsedDsc> dscs, string kid, Act act, string reason);

    /// <summary>Until when certificates may end with the DSC; null: never did.</summary>
    Task<DateTimeOffset?> ShortenedUntilAsync();

    Task AllowShortenedAsync(DateTimeOffset until);
}
