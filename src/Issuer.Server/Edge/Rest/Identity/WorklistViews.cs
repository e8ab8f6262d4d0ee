using System.Globalization;
using Issuer.Core;
using Issuer.Core.Certificates;
using Issuer.Core.Identity;
using Issuer.Core.Records;
using Issuer.Server.Edge.Http;
using Issuer.Server.Edge.Rest.Certificates;
using Issuer.Verification.Revocation;

namespace Issuer.Server.Edge.Rest.Identity;

/// <summary>A record that somebody must correct, as its facility entered it: nothing out of the registry.</summary>
/// <param name="Version">For <c>If-Match</c>, and for the answer.</param>
/// <param name="Commune">The facility's.</param>
/// <param name="Province">The facility's, as the code of today; units of other ministries have none.</param>
/// <param name="ErrorGroup">
/// <c>1</c> no number, <c>2</c> number of the wrong form, <c>3</c> wrong basic data (CV 2262), <c>not_found</c>, or
/// <c>course</c>: the record matches, and its person was refused a certificate.
/// </param>
/// <param name="Differs">Which fields the registry has otherwise; never what it has.</param>
/// <param name="Suggestion">The kind of change to what was sent that would match.</param>
/// <param name="Acceptable">One act accepts the suggestion; otherwise somebody types the value from a paper.</param>
/// <param name="Waiting">Why there is no certificate, whose step is next and until when.</param>
sealed record WorklistItemView(
    string RecordId, long Version, string Facility, string Reference, string? Commune, string? Province,
    string ErrorGroup, string State, IReadOnlyList<string> Differs, string? Suggestion, bool Acceptable,
    string FamilyName, string GivenName, string Sex, string DateOfBirth, string? IdentityType, string IdentityNumber,
    IReadOnlyList<WaitingView> Waiting)
{
    public const string Course = "course";

    public static WorklistItemView Of(
        WorklistItem item, IReadOnlyDictionary<long, IReadOnlyList<Waiting>> waiting, PathIds ids)
    {
        var record = item.Record.Record;
        return new WorklistItemView(
            ids.Records.Of(item.Record.Id), item.Record.Version, record.Facility, record.Reference, item.Commune,
            item.Province is { } province ? Provinces.Today(province) : null,
            ErrorGroups.Of(item.State)?.ToWire() ?? Course, item.State.ToWire(), item.Differs.Names(),
            item.Suggestion?.Kind, item.Suggestion?.Corrected is not null, record.FamilyName, record.GivenName,
            record.Sex == Core.Records.Sex.Male ? "M" : "F", record.DateOfBirth.ToString(),
            record.IdentityType?.ToString().ToUpperInvariant(), record.IdentityNumber,
            WaitingView.ListOf(waiting.GetValueOrDefault(item.Record.Id) ?? []));
    }

    /// <summary>The same as a CSV row, in the order of <see cref="WorklistCsv.Columns"/>.</summary>
    public IEnumerable<string?> Cells() =>
    [
        RecordId, Version.ToString(CultureInfo.InvariantCulture), Facility, Reference, Commune, Province, ErrorGroup,
        State, string.Join(' ', Differs), Suggestion, FamilyName, GivenName, Sex, DateOfBirth, IdentityType,
        IdentityNumber, "", "",
    ];
}

/// <summary>A piece of a worklist.</summary>
/// <param name="Next">For <c>after</c>; null after the last.</param>
sealed record WorklistView(IReadOnlyList<WorklistItemView> Items, string? Next);

/// <summary>What became of a record whose suggestion was accepted.</summary>
/// <param name="State">Pending: it is matched again.</param>
sealed record AcceptedView(string Id, long Version, string State)
{
    public static Result<AcceptedView> Of(string id, Result<SubmittedRow> result)
    {
        if (result.IsRefused(out var why, out var row))
        {
            return why;
        }
        return row is { Outcome: SubmitOutcome.Corrected, Version: { } corrected }
            ? new AcceptedView(id, corrected, RecordState.Pending.ToWire())
            : new Rejection(RejectionKind.Conflict, "the record could not be corrected", row.Faults);
    }
}

/// <summary>What became of one answer.</summary>
/// <param name="Line">Its line in the file.</param>
/// <param name="Outcome">
/// <c>corrected</c>, <c>matched-again</c>, <c>unchanged</c> (it was answered so before) or <c>refused</c>.
/// </param>
sealed record AnswerView(long Line, string Outcome, IReadOnlyList<FaultView> Faults)
{
    public static AnswerView Of(long line, AnsweredItem item) => new(
        line,
        item.Outcome == SubmitOutcome.Accepted ? "matched-again" : Kebab.Of(item.Outcome.ToString()),
        FaultView.ListOf(item.Faults.Where(f => !f.IsWarning)));
}

/// <summary>One result for each answer, in the order of the file.</summary>
sealed record AnswerListView(IReadOnlyList<AnswerView> Results);
