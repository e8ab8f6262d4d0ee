using System.Globalization;
using Issuer.Core;
using Issuer.Core.Records;
using Issuer.Server.Hosting.Stores;
using Issuer.Storage.Records;

namespace Issuer.Server.Features.Records;

/// <summary>What became of one record that was sent alone.</summary>
sealed record OneSubmitted(
    long Id, long Version, SubmitOutcome Outcome, RecordState State, IReadOnlyList<Fault> Warnings);

/// <summary>Steps 1 and 2 of a single record, new or corrected: the same answer over every protocol.</summary>
sealed class SubmitOne(
    SubmitRecords submit, FacilityRecords facilityRecords, RecentCheckContext context, NationalClock clock)
{
    public static Rejection NoSuchRecord { get; } = new(
        RejectionKind.NotFound, "this facility has no record with this id");

    public async Task<Result<OneSubmitted>> SubmitAsync(
        RecordRow row, string facility, string actor, CancellationToken cancel)
    {
        var rows = await submit.SubmitAsync(
            [row], facility, await context.GetAsync(cancel), clock.Act(actor), cancel);
        if (rows[0] is not { RecordId: { } id, Version: { } version, Outcome: var outcome } stored)
        {
            return new Rejection(KindOf(rows[0]), "the record is refused", rows[0].Faults);
        }
        // What has just come waits to be matched; only what was there may stand elsewhere.
        var state = outcome == SubmitOutcome.Unchanged
            ? (await facilityRecords.FindAsync(facility, id, cancel))!.State
            : RecordState.Pending;
        return new OneSubmitted(id, version, outcome, state, stored.Faults);
    }

    /// <summary>A new version of a record, which must be the one after <paramref name="version"/>.</summary>
    public async Task<Result<OneSubmitted>> CorrectAsync(
        long id, long version, RecordRow row, string facility, string actor, CancellationToken cancel) =>
        await facilityRecords.FindAsync(facility, id, cancel) is { } record
            ? await SubmitAsync(Correction(row, record.Reference, version), facility, actor, cancel)
            : NoSuchRecord;

    /// <summary>The caller says which record and which version; the row may repeat the reference.</summary>
    static RecordRow Correction(RecordRow row, string reference, long version)
    {
        var isSame = string.IsNullOrWhiteSpace(row.Reference) || row.Reference == reference;
        return row with
        {
            Reference = reference,
            Corrects = version.ToString(CultureInfo.InvariantCulture),
            ReadingFaults = isSame
                ? row.ReadingFaults
                : [.. row.ReadingFaults, new("reference", FaultCode.ReferenceIsFixed)],
        };
    }

    /// <summary>Contradicting what is stored is a conflict; whatever else is wrong makes the record invalid.</summary>
    static RejectionKind KindOf(SubmittedRow row) =>
        row.Faults.Any(f => f.Is(FaultCode.TooOften)) ? RejectionKind.TooOften
        : row.Faults.Any(
            f => f.Is(FaultCode.KnownReference) || f.Is(FaultCode.WrongVersion) || f.Is(FaultCode.Withdrawn))
            ? RejectionKind.Conflict
            : RejectionKind.Invalid;
}
