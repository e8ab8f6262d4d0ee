using Issuer.Core.Holds;

namespace Issuer.Core.Records;

public enum SubmitOutcome
{
    Accepted,
    Corrected,
    Unchanged,
    Refused,
}

/// <summary>
/// What became of one row. The faults hold warnings too; <see cref="RecordId"/> is null when refused.
/// </summary>
public sealed record SubmittedRow(
    SubmitOutcome Outcome, RecordRow Row, long? RecordId, long? Version, IReadOnlyList<Fault> Faults)
{
    public IEnumerable<Fault> HardFaults => Faults.Where(f => !f.IsWarning);
}

/// <summary>What became of many rows.</summary>
public sealed record SubmitCounts(long Accepted, long Corrected, long Unchanged, long Refused)
{
    public static SubmitCounts None { get; } = new(0, 0, 0, 0);

    public SubmitCounts Plus(IReadOnlyList<SubmittedRow> results) => new(
        Accepted + results.Count(r => r.Outcome == SubmitOutcome.Accepted),
        Corrected + results.Count(r => r.Outcome == SubmitOutcome.Corrected),
        Unchanged + results.Count(r => r.Outcome == SubmitOutcome.Unchanged),
        Refused + results.Count(r => r.Outcome == SubmitOutcome.Refused));
}

/// <summary>What budgets of the registry made of many rows.</summary>
/// <param name="AnsweredLater">Records that are beyond one.</param>
/// <param name="Alarming">Records whose number many facilities have claimed.</param>
public sealed record ClaimCounts(long AnsweredLater, long Alarming)
{
    public static ClaimCounts Of(IReadOnlyList<StoredRow> rows) => new(
        rows.Count(row => row.Claimed?.From is not null), rows.Count(row => row.Claimed?.IsAlarming == true));
}

/// <summary>What the store knows under a facility's reference.</summary>
/// <param name="Digests">Of every version there has been.</param>
/// <param name="IsReliedOn">A certificate that has not expired relies on it.</param>
/// <param name="Dose">Whose it is and of which day; null: nobody asks.</param>
public sealed record KnownRecord(
    long Id, long Version, byte[] CurrentDigest, IReadOnlyList<byte[]> Digests, bool IsWithdrawn = false,
    bool IsReliedOn = false, DoseOf? Dose = null);

/// <summary>Step 1: submit. Checks every row, then decides each against what is known, in one transaction.</summary>
/// <param name="acts">The budget of corrections to what is certified.</param>
/// <param name="claims">The budget of what the registry answers.</param>
/// <param name="counted">Told what became of each call's rows; null: nobody counts.</param>
/// <param name="claimed">Told what they claimed; null: nobody counts.</param>
public sealed class SubmitRecords(
    IRecordStore store, SingleActs acts, RegistryClaims claims, Action<SubmitCounts>? counted = null,
    Action<ClaimCounts>? claimed = null)
{
    /// <param name="facility">The facility the caller acts for; null for the ministry's own imports.</param>
    /// <returns>One outcome a row, in the same order; durable when this returns.</returns>
    public Task<IReadOnlyList<SubmittedRow>> SubmitAsync(
        IReadOnlyList<RecordRow> rows, string? facility, CheckContext context, Act act, CancellationToken cancel) =>
        StoreAsync(rows, Check(rows, facility, context), facility, act, cancel);

    /// <summary>The same for what was suggested to the facility: it is no guess.</summary>
    public async Task<SubmittedRow> SubmitOfferedAsync(
        RecordRow row, string facility, CheckContext context, Act act, CancellationToken cancel) =>
        (await StoreAsync([row], Check([row], facility, context), acts, null, act, cancel))[0];

    /// <summary>Step 2 for every row, as the caller's facility: another's rows are refused.</summary>
    public static IReadOnlyList<CheckedRow> Check(
        IReadOnlyList<RecordRow> rows, string? facility, CheckContext context) =>
        [.. rows.Select(row => CheckOwn(row, facility, context))];

    /// <summary>
    /// The second half of <see cref="SubmitAsync"/>, with what <see cref="Check"/> gave for these rows.
    /// </summary>
    public Task<IReadOnlyList<SubmittedRow>> StoreAsync(
        IReadOnlyList<RecordRow> rows, IReadOnlyList<CheckedRow> checks, string? facility, Act act,
        CancellationToken cancel) => facility is null
            // The ministry's files and the police's answers are nobody's single acts and nobody's guesses.
            ? StoreAsync(rows, checks, null, null, act, cancel)
            : StoreAsync(rows, checks, acts, claims, act, cancel);

    async Task<IReadOnlyList<SubmittedRow>> StoreAsync(
        IReadOnlyList<RecordRow> rows, IReadOnlyList<CheckedRow> checks, SingleActs? spent, RegistryClaims? made,
        Act act, CancellationToken cancel)
    {
        var stored = await store.SubmitAsync(
            [.. checks.Where(check => check.Record is not null)], spent, made, act, cancel);
        var results = new SubmittedRow[rows.Count];
        for (var (i, next) = (0, 0); i < results.Length; i++)
        {
            var check = checks[i];
            var answer = check.Record is null ? Refused : stored[next++];
            IReadOnlyList<Fault> faults = FaultOf(answer) is { } fault ? [.. check.Faults, fault] : check.Faults;
            results[i] = new SubmittedRow(answer.Outcome, rows[i], answer.RecordId, answer.Version, faults);
        }
        counted?.Invoke(SubmitCounts.None.Plus(results));
        claimed?.Invoke(ClaimCounts.Of(stored));
        return results;
    }

    /// <summary>
    /// A clerk's correction is never undone by sending the old file again: content seen before changes nothing unless
    /// the row names the current version as the one it corrects. What was withdrawn stays as it was.
    /// </summary>
    /// <param name="dose">What the row speaks of; null: nobody asks.</param>
    public static (SubmitOutcome Outcome, Fault? Fault) Decide(
        KnownRecord? known, byte[] digest, long? corrects, DoseOf? dose = null)
    {
        if (known is null)
        {
            return corrects is null
                ? (SubmitOutcome.Accepted, null)
                : (SubmitOutcome.Refused, new Fault("corrects", FaultCode.NothingToCorrect));
        }
        var isCorrection = corrects == known.Version && !digest.AsSpan().SequenceEqual(known.CurrentDigest);
        if (!isCorrection && known.Digests.Any(seen => digest.AsSpan().SequenceEqual(seen)))
        {
            return (SubmitOutcome.Unchanged, null);
        }
        if (known.IsWithdrawn)
        {
            return (SubmitOutcome.Refused, new Fault("reference", FaultCode.Withdrawn));
        }
        if (isCorrection)
        {
            return (SubmitOutcome.Corrected, null);
        }
        var isReused = known.Dose is { } before && dose?.IsOfAnother(before) == true && dose.Day != before.Day;
        return corrects is null
            ? (SubmitOutcome.Refused, new Fault(
                "reference", isReused ? FaultCode.ReferenceReused : FaultCode.KnownReference))
            : (SubmitOutcome.Refused, new Fault("corrects", FaultCode.WrongVersion));
    }

    /// <summary>
    /// The record under the first of its references that stands for no other dose: where numbering began anew, a number
    /// of last week's is somebody else's, and this week's must neither replace nor repeat it.
    /// </summary>
    /// <param name="known">What stands under a reference.</param>
    public static VaccinationRecord Referred(CheckedRow row, Func<string, KnownRecord?> known)
    {
        var record = row.Record!;
        var dose = DoseOf.Record(record);
        var free = row.References.FirstOrDefault(
            reference => known(reference)?.Dose is not { } before || !dose.IsAnother(before));
        return row.References.Count == 0 ? record : record with { Reference = free ?? row.References[^1] };
    }

    /// <summary>
    /// The same with the budget: a correction of what a certificate relies on is spent, or refused when nothing is
    /// left. One that its holder asked for is nobody's single act.
    /// </summary>
    /// <param name="acts">Null: nothing is spent.</param>
    public static async Task<(SubmitOutcome Outcome, Fault? Fault)> DecideAsync(
        KnownRecord? known, byte[] digest, CheckedRow row, SingleActs? acts, IDailyUse use, Act act)
    {
        var (outcome, fault) = Decide(known, digest, row.Corrects, DoseOf.Record(row.Record!));
        return acts is not null && outcome == SubmitOutcome.Corrected && known!.IsReliedOn
            && act.AskedFor != known.Id && await acts.SpendAsync(use, row.Record!.Facility, act) is not null
                ? (SubmitOutcome.Refused, new Fault("reference", FaultCode.TooOften))
                : (outcome, fault);
    }

    /// <summary>Why it was refused, or a warning that its answer waits.</summary>
    static Fault? FaultOf(StoredRow row) => row.Fault
        ?? (row.Claimed?.From is null ? null : new Fault("identity_number", FaultCode.AnsweredLater));

    static readonly StoredRow Refused = new(SubmitOutcome.Refused, null, null, null);

    static CheckedRow CheckOwn(RecordRow row, string? facility, CheckContext context)
    {
        if (facility is null)
        {
            return CheckRecord.Check(row, context);
        }
        var own = string.IsNullOrWhiteSpace(row.Facility) ? row with { Facility = facility } : row;
        var check = CheckRecord.Check(own, context);
        return (check.Record?.Facility ?? own.Facility!.Trim()) == facility
            ? check
            : check with
            {
                Record = null,
                Faults =
                [
                    .. check.Faults.Where(f => f.Field != "facility"),
                    new Fault("facility", FaultCode.NotYourFacility),
                ],
            };
    }
}
