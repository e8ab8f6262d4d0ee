using System.Text.Json;

namespace Issuer.Core.Approvals;

/// <summary>Who may ask for an act, and who may say yes; never the same person.</summary>
/// <param name="Act">Its name outside and in the store.</param>
/// <param name="Command">The <see cref="TwoPersonCommand"/> that asks for it.</param>
public sealed record ApprovalRule(
    string Act, Type Command, IReadOnlyList<string> Requesters, IReadOnlyList<string> Approvers)
{
    const string Operator = "ministry-operator";
    const string Security = "ministry-security";

    /// <summary>A request that nobody has answered after so many is void.</summary>
    const int WorkingDays = 3;

    /// <summary>The closed list. What weakens a safeguard takes two roles, what mends data two people.</summary>
    public static IReadOnlyList<ApprovalRule> All { get; } =
    [
        new("release-hold", typeof(ReleaseHold), [Operator], [Security]),
        new("raise-exempt-cap", typeof(RaiseExemptCap), [Operator], [Security]),
        new("merge-subjects", typeof(MergeSubjects), [Operator], [Operator, Security]),
        new("revoke-in-bulk", typeof(RevokeInBulk), [Operator, Security], [Security]),
        new("undo-revocation", typeof(UndoRevocation), [Operator], [Security]),
        new("withdraw-dsc", typeof(WithdrawDsc), [Security], [Security]),
        new("undo-merge", typeof(UndoMerge), [Operator], [Operator, Security]),
        new("allow-shortened", typeof(AllowShortened), [Operator], [Security]),
        new("import-policy", typeof(ImportPolicy), [Operator, Security], [Security]),
    ];

    /// <summary>From when on a request is void.</summary>
    public static DateTimeOffset ExpiryOf(DateTimeOffset requestedAt, WorkCalendar calendar, TimeSpan utcOffset) =>
        calendar.EndOfTerm(WorkingDays, requestedAt, utcOffset);

    public static ApprovalRule Of(TwoPersonCommand command) => All.Single(rule => rule.Command == command.GetType());

    public static ApprovalRule Of(string act) => All.Single(rule => rule.Act == act);

    public TwoPersonCommand Parse(string canonical) =>
        (TwoPersonCommand)(JsonSerializer.Deserialize(canonical, Command) ?? throw new JsonException("No command."));
}
