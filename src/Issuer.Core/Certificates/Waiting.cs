using Issuer.Core.Records;

namespace Issuer.Core.Certificates;

/// <summary>Whose step is next.</summary>
public enum NextStep
{
    Holder,
    Facility,

    /// <summary>The facility is late.</summary>
    Province,

    Ministry,

    /// <summary>It happens by itself.</summary>
    Service,
}

/// <summary>Why somebody has no certificate, or less than they think, and what happens next.</summary>
/// <param name="Code">Stable, in kebab case.</param>
/// <param name="By">Until when it is to be done; null: nobody has a deadline.</param>
public sealed record Waiting(string Code, Bilingual Text, NextStep Who, DateTimeOffset? By);

/// <summary>A dose on record, as far as it says why something is missing.</summary>
/// <param name="Province">Of its facility; null: units of other ministries have none.</param>
public sealed record DoseOnRecord(
    StoredRecord Stored, RecordState State, bool IsSignedFor, HoldReason Held, DateTimeOffset EnteredAt,
    string? Province)
{
    /// <summary>Until then the registry is not asked about it; null: it is, or was.</summary>
    public DateTimeOffset? AnswerFrom { get; init; }

    public bool IsHeld => Held != HoldReason.None;

    /// <summary>
    /// When looking at it becomes the ministry's, of a dose under a hold that the province looks at first; null: it is
    /// under none.
    /// </summary>
    public DateTimeOffset? ReviewDueAt { get; init; }

    public VaccinationRecord Record => Stored.Record;
}

/// <summary>A person as the last decision left them.</summary>
/// <param name="IsDecided">False: something changed since, and the next round decides.</param>
/// <param name="Refusals">Why there is no certificate; none: there is one, or there was nothing to decide.</param>
/// <param name="Doses">Those that count, by day.</param>
public sealed record PersonOnRecord(
    long Id, bool IsDecided, IReadOnlyList<Refusal> Refusals, IReadOnlyList<DoseOnRecord> Doses,
    IReadOnlyList<OpenQuestion> Questions);

/// <summary>What is known of people and of records that are nobody's yet. Safe to call concurrently.</summary>
public interface IPersonsOnRecord
{
    /// <summary>Null: nobody is known by this document.</summary>
    Task<PersonOnRecord?> FindAsync(string document, CancellationToken cancel);

    Task<IReadOnlyList<PersonOnRecord>> OfSubjectsAsync(IReadOnlyCollection<long> subjects, CancellationToken cancel);

    /// <summary>
    /// Of these records those that are not withdrawn, each with its person; null: it is nobody's yet.
    /// </summary>
    Task<IReadOnlyList<(DoseOnRecord Dose, long? Subject)>> RecordsAsync(
        IReadOnlyCollection<long> records, CancellationToken cancel);

    /// <summary>Records typed under a number that do not match: nobody's. No more than a few hundred.</summary>
    Task<IReadOnlyList<DoseOnRecord>> TypedUnderAsync(string number, CancellationToken cancel);
}
