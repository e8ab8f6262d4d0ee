using Issuer.Core;
using Issuer.Core.Certificates;
using Issuer.Core.Identity;
using Issuer.Core.Records;
using Issuer.Server.Edge.Http;
using Issuer.Server.Edge.Rest.Certificates;
using Issuer.Server.Features.Records;
using Issuer.Storage.Records;
using Issuer.Verification.Revocation;

namespace Issuer.Server.Edge.Rest.Records;

/// <summary>What became of one record.</summary>
/// <param name="Outcome"><c>accepted</c>, <c>corrected</c> or <c>unchanged</c>.</param>
/// <param name="State">Where it stands with the population registry.</param>
sealed record SubmittedView(
    string Id, long Version, string Outcome, string State, IReadOnlyList<FaultView> Warnings)
{
    public static SubmittedView Of(OneSubmitted done, PathIds ids) => new(
        ids.Records.Of(done.Id), done.Version, Kebab.Of(done.Outcome.ToString()), done.State.ToWire(),
        FaultView.ListOf(done.Warnings));
}

/// <summary>What became of one record of many; one that is refused has no id.</summary>
/// <param name="Index">Its place in the request, from 0.</param>
/// <param name="Outcome"><c>accepted</c>, <c>corrected</c>, <c>unchanged</c> or <c>refused</c>.</param>
sealed record SubmittedItemView(
    int Index, string Outcome, string? Id, long? Version, IReadOnlyList<FaultView> Faults,
    IReadOnlyList<FaultView> Warnings)
{
    public static SubmittedItemView Of(int index, SubmittedRow row, PathIds ids) => new(
        index, Kebab.Of(row.Outcome.ToString()), row.RecordId is { } id ? ids.Records.Of(id) : null, row.Version,
        FaultView.ListOf(row.HardFaults),
        FaultView.ListOf(row.Faults.Where(f => f.IsWarning)));
}

/// <summary>One answer for each record, in the order of the request.</summary>
sealed record SubmittedListView(IReadOnlyList<SubmittedItemView> Results);

/// <summary>How a record stands.</summary>
/// <param name="State">
/// <c>pending</c>, <c>matched</c>, <c>mismatched</c>, <c>not_found</c>, <c>missing_id</c>, <c>bad_id_format</c> or
/// <c>exempt</c>.
/// </param>
/// <param name="Differs">Which fields the registry has otherwise; never what it has.</param>
/// <param name="Suggestion">The kind of change to what was sent that would match; null: none is known.</param>
/// <param name="Attested">A signature of its facility stands.</param>
/// <param name="Duplicate">The same dose was entered before, here or elsewhere.</param>
/// <param name="Held">
/// Why nothing is certified on it for now: <c>stock-overrun</c>, <c>exempt-cap</c> or <c>manual</c>; null: it is not
/// held.
/// </param>
/// <param name="Withdrawn">It stands for no dose any more.</param>
/// <param name="Waiting">
/// Why the person has no certificate, or less than they think; of a record that is not signed for, what concerns it
/// alone.
/// </param>
sealed record RecordView(
    string Id, long Version, string Reference, string State, IReadOnlyList<string> Differs, string? Suggestion,
    bool Attested, bool Duplicate, string? Held, bool Withdrawn, IReadOnlyList<WaitingView> Waiting)
{
    public static RecordView Of(
        FacilityRecord record, IReadOnlyDictionary<long, IReadOnlyList<Waiting>> waiting, PathIds ids) => new(
        ids.Records.Of(record.Id), record.Version, record.Reference, record.State.ToWire(),
        record.Differs.Names(), record.Suggestion, record.IsAttested, record.IsDuplicate,
        record.Held == HoldReason.None ? null : Kebab.Of(record.Held.ToString()), record.IsWithdrawn,
        WaitingView.ListOf(waiting.GetValueOrDefault(record.Id) ?? []));
}

/// <summary>A piece of the facility's records.</summary>
/// <param name="Next">For <c>after</c>; null after the last.</param>
sealed record RecordListView(IReadOnlyList<RecordView> Records, string? Next);
