using System.Text.Json;
using Issuer.Core;
using Issuer.Core.Approvals;
using Issuer.Server.Edge.Http;

namespace Issuer.Server.Edge.Rest.Approvals;

/// <summary>What is asked for: the members that its act has, the others null.</summary>
/// <param name="Merge">The approval under which the two were merged.</param>
/// <param name="Policy">The document that is to hold.</param>
sealed record CommandView(
    string Reason, IReadOnlyList<string>? Records = null, string? Facility = null, long? Cap = null,
    string? Keep = null, string? Merged = null, string? Merge = null, long? Days = null,
    CriteriaView? Criteria = null, string? Certificate = null, string? Kid = null,
    IReadOnlyDictionary<string, JsonElement>? Policy = null, AuthorityView? Authority = null,
    string? Hold = null, string? Product = null, DateOnly? From = null, DateOnly? To = null, long? Expected = null)
{
    public static CommandView Of(TwoPersonCommand command, PathIds ids) => command switch
    {
        ReleaseHold c => new CommandView(c.Reason, Records: [.. c.Records.Select(ids.Records.Of)]),
        RaiseExemptCap c => new CommandView(c.Reason, Facility: c.Facility, Cap: c.Cap),
        MergeSubjects c => new CommandView(c.Reason, Keep: ids.Subjects.Of(c.Kept), Merged: ids.Subjects.Of(c.Merged)),
        UndoMerge c => new CommandView(c.Reason, Merge: ids.Approvals.Of(c.Merge)),
        AllowShortened c => new CommandView(c.Reason, Days: c.Days),
        WithdrawSet c => new CommandView(c.Reason, Criteria: CriteriaView.Of(c.ToBulk(), ids)),
        RevokeInBulk c => new CommandView(c.Reason, Criteria: CriteriaView.Of(c, ids)),
        UndoRevocation c => new CommandView(c.Reason, Certificate: ids.Certificates.Of(c.Slot)),
        ImportPolicy c => new CommandView(
            c.Reason, Policy: JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(c.Document)),
        ClearHold c => new CommandView(c.Reason, Hold: ids.Holds.Of(c.Hold)),
        WithdrawHold c => new CommandView(c.Reason, Hold: ids.Holds.Of(c.Hold)),
        AnnounceBacklog c => new CommandView(
            c.Reason, Facility: c.Facility, Product: c.Product, From: c.From, To: c.To, Expected: c.Expected),
        WithdrawDsc c => new CommandView(c.Reason, Kid: c.Kid),
        ChangeAuthority c => new CommandView(c.Reason, Authority: AuthorityView.Of(c)),
        _ => throw new ArgumentOutOfRangeException(nameof(command)),
    };
}

/// <summary>A request for what takes two people.</summary>
/// <param name="Act">
/// <c>release-hold</c>, <c>raise-exempt-cap</c>, <c>merge-subjects</c>, <c>undo-merge</c> and others.
/// </param>
/// <param name="Rows">How many rows it acts on, counted when it was asked for.</param>
/// <param name="Digest">SHA-256 over command and rows, in hexadecimal: what exactly is said yes to.</param>
/// <param name="Impact">What a bulk act would do, as it was counted when it was asked for; null for the others.</param>
/// <param name="State"><c>requested</c>, <c>executed</c>, <c>rejected</c>, <c>cancelled</c> or <c>expired</c>.</param>
/// <param name="DecidedBy">Null while nobody has answered.</param>
sealed record ApprovalView(
    string Id, string Act, CommandView Command, int Rows, IReadOnlyList<string>? Impact, string Digest, string State,
    string RequestedBy,
    DateTimeOffset RequestedAt, DateTimeOffset ExpiresAt, string? DecidedBy, DateTimeOffset? DecidedAt)
{
    public static ApprovalView Of(Approval approval, PathIds ids, DateTimeOffset now) => new(
        ids.Approvals.Of(approval.Id), approval.Rule.Act, CommandView.Of(approval.Command, ids),
        approval.Set.Lines.Count, approval.Command is RevokeInBulk or WithdrawSet ? approval.Set.Lines : null,
        Convert.ToHexStringLower(approval.Digest), Kebab.Of(approval.StateAt(now).ToString()),
        approval.RequestedBy, approval.RequestedAt, approval.ExpiresAt, approval.DecidedBy, approval.DecidedAt);
}

/// <summary>A piece of the requests.</summary>
/// <param name="Next">For <c>after</c>; null after the last.</param>
sealed record ApprovalListView(IReadOnlyList<ApprovalView> Approvals, string? Next);
