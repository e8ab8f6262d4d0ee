using Issuer.Hcert;

namespace Issuer.Core.Certificates;

/// <summary>The store has this intent, and in which lineage.</summary>
public sealed record ReservedSlot(Slot Slot, long LineageId);

/// <summary>
/// An intent without a signature, as the store has it: plain facts, believed by nobody yet. It becomes something that
/// can be signed only in <see cref="ResumeIntent"/>.
/// </summary>
/// <param name="Random">The random part of the UVCI.</param>
/// <param name="Predecessor">The slot that was current when it was prepared.</param>
/// <param name="Kid">As text, however it is spelled.</param>
public sealed record StoredIntent(
    Slot Slot, byte[] Random, long SubjectId, long LineageId, Slot? Predecessor, SuccessionCause? Cause, string Kid,
    byte[] ToBeSigned, byte[] ContentDigest)
{
    public required DateTimeOffset IssuedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Of the person, when it was prepared.</summary>
    public required long SubjectRevision { get; init; }

    /// <summary>Of the person, as it was read.</summary>
    public required long RevisionNow { get; init; }

    public required bool IsLineageOpen { get; init; }

    /// <summary>The lineage's current one, as it was read.</summary>
    public required Slot? CurrentSlot { get; init; }

    /// <summary>The person is as they were decided on, and nothing has come between.</summary>
    public bool Stands => RevisionNow == SubjectRevision && IsLineageOpen && CurrentSlot == Predecessor;

    /// <summary>It repeats its predecessor: no new decision is behind it, none is due when it is given up.</summary>
    public bool KeepsContent =>
        Cause is SuccessionCause.Regenerated or SuccessionCause.Leaked or SuccessionCause.KeyWithdrawn;
}
