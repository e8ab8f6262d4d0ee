namespace Issuer.Core.Records;

public enum SubmitOutcome
{
    Accepted,
    Corrected,
    Unchanged,
    Refused,
}

/// <summary>What became of one row. The faults hold warnings too; <see cref="RecordId"/> is null when refused.</summary>
public sealed record SubmittedRow(
    SubmitOutcome Outcome, RecordRow Row, long? RecordId, long? Version, IReadOnlyList<Fault> Faults);

/// <summary>What the store knows under a facility's reference.</summary>
/// <param name="Digests">Of every version there has been.</param>
public sealed record KnownRecord(long Id, long Version, byte[] CurrentDigest, IReadOnlyList<byte[]> Digests);

/// <summary>Step 1: submit. Checks every row, then decides each against what is known, in one transaction.</summary>
public sealed class SubmitRecords(IRecordStore store)
{
    /// <param name="facility">The facility the caller acts for; null for the ministry's own imports.</param>
    /// <returns>One outcome a row, in the same order; durable when this returns.</returns>
    public async Task<IReadOnlyList<SubmittedRow>> SubmitAsync(
        IReadOnlyList<RecordRow> rows, string? facility, CheckContext context, Act act, CancellationToken cancel)
    {
        var results = new SubmittedRow?[rows.Count];
        var passed = new List<(int Index, CheckedRow Row)>(rows.Count);
        for (var i = 0; i < rows.Count; i++)
        {
            var row = facility is not null && string.IsNullOrWhiteSpace(rows[i].Facility)
                ? rows[i] with { Facility = facility }
                : rows[i];
            var check = CheckRecord.Check(row, context);
            if (check.Record is { } record && (facility is null || record.Facility == facility))
            {
                passed.Add((i, check));
                continue;
            }
            var faults = facility is not null && row.Facility?.Trim() != facility
                ? [.. check.Faults.Where(f => f.Field != "facility"), new Fault("facility", FaultCode.NotYourFacility)]
                : check.Faults;
            results[i] = new SubmittedRow(SubmitOutcome.Refused, rows[i], null, null, faults);
        }

        var stored = await store.SubmitAsync([.. passed.Select(p => p.Row)], act, cancel);
        foreach (var ((index, check), answer) in passed.Zip(stored))
        {
            IReadOnlyList<Fault> faults = answer.Fault is { } fault ? [.. check.Faults, fault] : check.Faults;
            results[index] = new SubmittedRow(answer.Outcome, rows[index], answer.RecordId, answer.Version, faults);
        }
        return results!;
    }

    /// <summary>
    /// A clerk's correction is never undone by sending the old file again: content seen before changes nothing unless
    /// the row names the current version as the one it corrects.
    /// </summary>
    public static (SubmitOutcome Outcome, Fault? Fault) Decide(KnownRecord? known, byte[] digest, long? corrects)
    {
        if (known is null)
        {
            return corrects is null
                ? (SubmitOutcome.Accepted, null)
                : (SubmitOutcome.Refused, new Fault("corrects", FaultCode.NothingToCorrect));
        }
        if (corrects == known.Version && !digest.AsSpan().SequenceEqual(known.CurrentDigest))
        {
            return (SubmitOutcome.Corrected, null);
        }
        if (known.Digests.Any(seen => digest.AsSpan().SequenceEqual(seen)))
        {
            return (SubmitOutcome.Unchanged, null);
        }
        return corrects is null
            ? (SubmitOutcome.Refused, new Fault("reference", FaultCode.KnownReference))
            : (SubmitOutcome.Refused, new Fault("corrects", FaultCode.WrongVersion));
    }
}
