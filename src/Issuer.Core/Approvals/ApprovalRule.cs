using System.Text.Json;

namespace Issuer.Core.Approvals;

/// <summary>One act that takes two people: who may ask for it and who may say yes, never the same person.</summary>
public sealed class ApprovalRule
{
    const string Operator = "ministry-operator";
    const string Security = "ministry-security";
    internal const string Province = "province";
    internal const string Signatory = "facility-signatory";

    internal static readonly string[] Ministry = [Operator, Security];

    /// <summary>A request that nobody has answered after so many is void.</summary>
    const int WorkingDays = 3;

    /// <summary>The closed list. What weakens a safeguard takes two roles, what mends data two people.</summary>
    public static IReadOnlyList<ApprovalRule> All { get; } =
    [
        new("release-hold", new ReleaseHoldAct(), [Operator], [Security]),
        new("raise-exempt-cap", new RaiseExemptCapAct(), [Operator], [Security]),
        new("merge-subjects", new MergeSubjectsAct(), [Operator], [Operator, Security]),
        new("revoke-in-bulk", new RevokeInBulkAct(), [Operator, Security], [Security]),
        new("undo-revocation", new UndoRevocationAct(), [Operator], [Security]),
        new("withdraw-dsc", new WithdrawDscAct(), [Security], [Security]),
        new("undo-merge", new UndoMergeAct(), [Operator], [Operator, Security]),
        new("allow-shortened", new AllowShortenedAct(), [Operator], [Security]),
        new("import-policy", new ImportPolicyAct(), [Operator, Security], [Security]),
        new("change-authority", new ChangeAuthorityAct(), [Security], [Security]),
        new("withdraw-set", new WithdrawSetAct(), [Signatory, Province], [Province, Operator, Security]),
        new("clear-hold", new ClearHoldAct(), [Province, Operator], [Province, Operator, Security]),
        new("withdraw-hold", new WithdrawHoldAct(), [Province, Operator], [Province, Operator, Security]),
        new("announce-backlog", new AnnounceBacklogAct(), [Province, Operator], [Province, Operator, Security]),
    ];

    ApprovalRule(string act, ApprovalAct work, string[] requesters, string[] approvers) =>
        (Act, Work, Requesters, Approvers) = (act, work, requesters, approvers);

    /// <summary>Its name outside and in the store.</summary>
    public string Act { get; }

    public IReadOnlyList<string> Requesters { get; }

    public IReadOnlyList<string> Approvers { get; }

    internal ApprovalAct Work { get; }

    /// <summary>From when on a request is void.</summary>
    public static DateTimeOffset ExpiryOf(DateTimeOffset requestedAt, WorkCalendar calendar, TimeSpan utcOffset) =>
        calendar.EndOfTerm(WorkingDays, requestedAt, utcOffset);

    public static ApprovalRule Of(TwoPersonCommand command) =>
        All.Single(rule => rule.Work.Command == command.GetType());

    public static ApprovalRule Of(string act) => All.Single(rule => rule.Act == act);

    public TwoPersonCommand Parse(string canonical) =>
        (TwoPersonCommand)(JsonSerializer.Deserialize(canonical, Work.Command)
            ?? throw new JsonException("No command."));
}
