using Issuer.Core.Records;

namespace Issuer.Core.Identity;

/// <summary>A part of the country; what is null does not narrow it. Nothing set: everywhere.</summary>
/// <param name="Provinces">Codes, old and new, that all mean the same province.</param>
public sealed record WorklistScope(
    string? Facility = null, string? Commune = null, IReadOnlyList<string>? Provinces = null)
{
    public static readonly WorklistScope Everywhere = new();
}

/// <param name="Own">What the caller may see.</param>
/// <param name="Wanted">What of it the caller asks for.</param>
public sealed record WorklistQuery(WorklistScope Own, WorklistScope Wanted, ErrorGroup? Group);

/// <summary>A record that somebody must correct, in their records or in the registry.</summary>
/// <param name="Commune">The facility's; null: it has none.</param>
/// <param name="Province">The facility's, as it was registered; null: units of other ministries have none.</param>
public sealed record WorklistItem(
    StoredRecord Record, RecordState State, IdentityFields Differs, Suggestion? Suggestion, string? Commune,
    string? Province, DateTimeOffset EnteredAt);

/// <summary>The records that wait for somebody. Safe to call concurrently.</summary>
public interface IWorklistStore
{
    /// <summary>By id, from the one after <paramref name="after"/> on.</summary>
    Task<IReadOnlyList<WorklistItem>> PageAsync(
        WorklistQuery query, long after, int limit, CancellationToken cancel);

    /// <summary>
    /// The same of records that match but whose person was refused a certificate: of each person the last dose.
    /// </summary>
    Task<IReadOnlyList<WorklistItem>> CourseAsync(WorklistQuery query, long after, int limit, CancellationToken cancel);

    /// <summary>Those of the records that lie in the scope, in whatever state; the others are not there.</summary>
    Task<IReadOnlyList<WorklistItem>> FindAsync(
        WorklistScope own, IReadOnlyCollection<long> ids, CancellationToken cancel);

    /// <summary>
    /// The registry was corrected: the records are pending again, with the evidence, in one transaction, durable when
    /// it returns. A version that no longer stands, or waits for nobody, is left alone.
    /// </summary>
    /// <returns>The ids of the records that are matched again.</returns>
    Task<IReadOnlyList<long>> MatchAgainAsync(
        IReadOnlyCollection<StoredRecord> records, Act act, CancellationToken cancel);
}
