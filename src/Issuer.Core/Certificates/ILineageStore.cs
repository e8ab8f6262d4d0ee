namespace Issuer.Core.Certificates;

/// <summary>A lineage whose current certificate is due to be followed by one with the same content.</summary>
/// <param name="Subject">Its person, with the doses there are now and the lineage's current certificate.</param>
/// <param name="Cause">Why the successor comes: its time, or the act that asked for it.</param>
/// <param name="ExpiresAt">Of the current certificate.</param>
public sealed record DueLineage(DueSubject Subject, SuccessionCause Cause, DateTimeOffset ExpiresAt);

/// <summary>Where a listing of due lineages goes on: after this one.</summary>
public sealed record LineageCursor(DateTimeOffset ExpiresAt, long LineageId);

/// <summary>Its successor is refused until something changes.</summary>
public sealed record RefusedLineage(long LineageId, IReadOnlyList<Refusal> Refusals);

/// <summary>
/// Lineages as regeneration needs them. Due is an open lineage whose moment has come, unless its person waits for a
/// decision (issuing comes first), or its current certificate is revoked or suspended and no act asked for a successor.
/// Safe to call concurrently: a lineage gets one successor for one predecessor, whoever else is at it.
/// </summary>
public interface ILineageStore
{
    /// <summary>What expires first is at the front.</summary>
    Task<IReadOnlyList<LineageCursor>> DueAsync(
        DateTimeOffset now, LineageCursor? after, int limit, CancellationToken cancel);

    /// <summary>Those of the lineages that are due still.</summary>
    Task<IReadOnlyList<DueLineage>> ReadAsync(
        IReadOnlyList<long> lineages, DateTimeOffset now, CancellationToken cancel);

    /// <summary>
    /// Step 7 for successors, one transaction, durable when it returns. Left out is what is no longer due, what changed
    /// since it was read, and what has an open intent already.
    /// </summary>
    /// <returns>Which intents were stored, and in which lineages.</returns>
    /// <param name="refused">Not due again until the person's next decision finds their content standing.</param>
    /// <param name="outdated">Persons whom issuing shall decide again.</param>
    Task<IReadOnlyList<ReservedSlot>> ReserveAsync(
        IReadOnlyList<PreparedCertificate> intents, IReadOnlyList<RefusedLineage> refused,
        IReadOnlyList<long> outdated, Act act, CancellationToken cancel);

    /// <summary>As <see cref="ICertificateStore.OpenIntentsAsync"/>, of one lineage.</summary>
    Task<IReadOnlyList<StoredIntent>> OpenIntentsAsync(long lineage, CancellationToken cancel);
}
