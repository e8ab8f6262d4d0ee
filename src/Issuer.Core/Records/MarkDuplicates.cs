namespace Issuer.Core.Records;

/// <summary>Whose records: a facility's, a province's, or with neither the whole country's.</summary>
public sealed record RecordScope(string? Facility, string? Province);

/// <summary>A record of one person that may repeat another.</summary>
public sealed record NearMiss(EnteredDose Dose, string Facility, EnteredDose Original, string OriginalFacility);

/// <summary>What people say about two records, as the decision reads and writes it.</summary>
public interface IDuplicateTransaction : IAuditRows
{
    /// <summary>
    /// Two records of one person and one product, neither withdrawn, the original itself no repetition, the first of
    /// them in the scope; null: they are not.
    /// </summary>
    Task<NearMiss?> FindPairAsync(RecordScope scope, long record, long original);

    /// <summary>It stands until either is corrected.</summary>
    Task MarkAsync(long record, long original);

    /// <returns>False: this mark is not known in the scope.</returns>
    Task<bool> UnmarkAsync(RecordScope scope, long record);

    /// <summary>Duplicates of the record's person are told anew, and the person is decided again.</summary>
    Task TellAnewAsync(long record);
}

/// <summary>
/// Doses that look like one entered twice but are too far apart to say so without a person: somebody says it.
/// </summary>
public sealed class MarkDuplicates(ITransactions<IDuplicateTransaction> store)
{
    /// <summary>Null: it is marked as a repetition of the other.</summary>
    public Task<Rejection?> MarkAsync(
        RecordScope scope, long record, long original, Act act, CancellationToken cancel) =>
        store.DecideAsync<Rejection?>(
            async rows =>
            {
                if (await rows.FindPairAsync(scope, record, original) is not { } pair)
                {
                    return new Rejection(RejectionKind.NotFound, "this pair is not known");
                }
                if (!FindDuplicates.IsNearMiss(pair.Dose, pair.Original))
                {
                    return new Rejection(RejectionKind.Conflict, "these two cannot be one dose");
                }
                await rows.MarkAsync(record, original);
                await rows.TellAnewAsync(record);
                await rows.AuditAsync(act, $"duplicate-marked of {original}", record);
                return null;
            },
            cancel);

    /// <summary>Takes the mark back; null: it is.</summary>
    public Task<Rejection?> UnmarkAsync(RecordScope scope, long record, Act act, CancellationToken cancel) =>
        store.DecideAsync<Rejection?>(
            async rows =>
            {
                if (!await rows.UnmarkAsync(scope, record))
                {
                    return new Rejection(RejectionKind.NotFound, "this mark is not known");
                }
                await rows.TellAnewAsync(record);
                await rows.AuditAsync(act, "duplicate-unmarked", record);
                return null;
            },
            cancel);
}
