namespace Issuer.Core.Approvals;

/// <summary>Who may ask, approve and reject: pure. Whether the set still stands is for the store to see.</summary>
public static class DecideApproval
{
    public static Rejection? Request(TwoPersonCommand command, Person requester) =>
        HasOneOf(requester, ApprovalRule.Of(command).Requesters) ? null : NotYours;

    public static Rejection? Approve(Approval approval, Person approver, DateTimeOffset now)
    {
        if (!HasOneOf(approver, approval.Rule.Approvers))
        {
            return NotYours;
        }
        if (approver.IsSame(approval.RequestedBy))
        {
            return new Rejection(RejectionKind.Forbidden, "the person who asked cannot approve");
        }
        return Open(approval, now);
    }

    /// <summary>Whoever asked may take it back; an approver may say no.</summary>
    public static Rejection? Reject(Approval approval, Person person, DateTimeOffset now) =>
        person.IsSame(approval.RequestedBy) || HasOneOf(person, approval.Rule.Approvers)
            ? Open(approval, now)
            : NotYours;

    static Rejection? Open(Approval approval, DateTimeOffset now)
    {
        var state = approval.StateAt(now);
        if (state != ApprovalState.Requested)
        {
            return new Rejection(RejectionKind.Conflict, $"the request is already {Kebab.Of(state.ToString())}");
        }
        return approval.IsOf(approval.Set)
            ? null
            : new Rejection(RejectionKind.Conflict, "the stored request differs from the one that was made");
    }

    static bool HasOneOf(Person person, IReadOnlyList<string> roles) => roles.Any(person.Roles.Contains);

    static Rejection NotYours => new(RejectionKind.Forbidden, "your roles do not allow this");
}
