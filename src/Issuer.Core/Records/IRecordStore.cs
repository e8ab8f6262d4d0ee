using Issuer.Core.Holds;

namespace Issuer.Core.Records;

/// <summary>What the store made of one checked row.</summary>
/// <param name="Claimed">When the registry is asked; null: nothing was claimed.</param>
public sealed record StoredRow(
    SubmitOutcome Outcome, long? RecordId, long? Version, Fault? Fault, ClaimAnswer? Claimed = null);

/// <summary>What records claim of people, and the budget of it.</summary>
/// <param name="Of">None for a record that the registry is not asked for.</param>
public sealed record RegistryClaims(CheckClaims Check, Func<VaccinationRecord, IReadOnlyList<Claim>> Of)
{
    public ClaimingRecord By(VaccinationRecord record, Act act) => new(
        Of(record), record.Facility, act, OnlySuggests: IdentityNumbers.UnusableState(record) is not null);
}

/// <summary>A record with its place in the store.</summary>
public sealed record StoredRecord(long Id, long Version, VaccinationRecord Record);

/// <summary>Records as steps 1 and 2 need them. Safe to call concurrently.</summary>
public interface IRecordStore
{
    /// <summary>
    /// Decides every row with <see cref="SubmitRecords.Decide"/> against what is stored, earlier rows of the same batch
    /// included, and stores all that is accepted in one transaction. Durable when it returns; nothing is stored when it
    /// throws. A corrected record is pending again; its old version is kept, its attestation and those that relied on
    /// it no longer stand, and the person is decided again.
    /// </summary>
    /// <param name="rows">Rows whose <see cref="CheckedRow.Record"/> is not null.</param>
    /// <param name="acts">
    /// What each correction of a record that <see cref="KnownRecord.IsReliedOn"/> is spent from; null: nothing is.
    /// </param>
    /// <param name="claims">What new content claims is made with it; null: it costs nothing.</param>
    Task<IReadOnlyList<StoredRow>> SubmitAsync(
        IReadOnlyList<CheckedRow> rows, SingleActs? acts, RegistryClaims? claims, Act act, CancellationToken cancel);
}
