namespace Issuer.Core.Approvals;

/// <summary>
/// What takes two people, from the request to the yes or no. Who may is decided by <see cref="DecideApproval"/>; what
/// an act works on and does by its <see cref="ApprovalAct"/>. Every answer, refusals of known requests included, leaves
/// an audit row.
/// </summary>
public sealed class TwoPersonActs(IApprovalStore store)
{
    /// <summary>
    /// Stores the command with the set it acts on now. The same command on the same set, while it is open, is the same
    /// request.
    /// </summary>
    public async Task<Result<Approval>> RequestAsync(
        TwoPersonCommand command, Person requester, DateTimeOffset now, CancellationToken cancel)
    {
        if (DecideApproval.Request(command, requester) is { } why)
        {
            return why;
        }
        var id = await store.NewIdAsync(cancel);
        return await store.DecideAsync<Result<Approval>>(
            async rows =>
            {
                var work = ApprovalRule.Of(command).Work;
                if (await work.RefuseAsync(rows, command, requester, now) is { } notYours)
                {
                    return notYours;
                }
                if ((await work.MaterialiseAsync(rows, command, null, now))
                    .IsRefused(out var impossible, out var set))
                {
                    return impossible;
                }
                var policies = (await rows.Policies.ReadAsync()).At(now);
                var approval = new Approval(
                    id, command, set, Approval.DigestOf(command, set), requester.Subject, now,
                    ApprovalRule.ExpiryOf(now, policies.Feedback.Calendar, policies.Validity.UtcOffset),
                    ApprovalState.Requested, null, null);
                if (await rows.OpenAsync(approval.Digest) is { } open)
                {
                    if (open.StateAt(now) == ApprovalState.Requested)
                    {
                        return open;
                    }
                    await rows.CloseAsync(open, ApprovalState.Expired, requester.Subject, now);
                }
                await rows.AddAsync(approval);
                await AuditAsync(rows, "requested", approval, requester.Subject, now);
                return approval;
            },
            cancel);
    }

    /// <summary>Why this person may not even ask what it would do; null: they may.</summary>
    public async Task<Rejection?> RefuseAsync(
        TwoPersonCommand command, Person requester, DateTimeOffset now, CancellationToken cancel) =>
        DecideApproval.Request(command, requester) ?? await store.DecideAsync(
            rows => ApprovalRule.Of(command).Work.RefuseAsync(rows, command, requester, now), cancel);

    /// <summary>What waits for somebody of this province, the oldest first.</summary>
    public async Task<IReadOnlyList<Approval>> WaitingAsync(
        Person person, DateTimeOffset now, CancellationToken cancel) =>
    [
        .. (await store.WaitingAsync("withdraw-set", cancel)).Where(approval =>
            approval.StateAt(now) == ApprovalState.Requested && WithdrawSetAct.ProvinceOf(approval) is { } province
            && ProvinceRule.Refuse(person, province, isMinistrys: false) is null),
    ];

    /// <summary>
    /// Executes the request in the transaction that marks it executed, once; refused when the set is not what it was.
    /// </summary>
    public Task<Result<Approval>> ApproveAsync(
        long id, Person approver, DateTimeOffset now, CancellationToken cancel) => AnswerAsync(
            id, approver, now, async (rows, approval) =>
            {
                var act = approval.Rule.Work;
                if ((DecideApproval.Approve(approval, approver, now)
                    ?? await act.RefuseAsync(rows, approval.Command, approver, now)) is { } why)
                {
                    return why;
                }
                if ((await act.MaterialiseAsync(rows, approval.Command, approval.Set, now))
                    .IsRefused(out var impossible, out var set))
                {
                    return impossible;
                }
                if (!approval.IsOf(set))
                {
                    return new Rejection(RejectionKind.Conflict, "the rows have changed since the request: ask again");
                }
                var executed = await CloseAsync(rows, approval, ApprovalState.Executed, approver.Subject, now);
                if (!executed.IsRefused(out _, out _))
                {
                    await act.ExecuteAsync(rows, approval, new Act(approver.Subject, now));
                }
                return executed;
            },
            cancel);

    public Task<Result<Approval>> RejectAsync(
        long id, Person person, DateTimeOffset now, CancellationToken cancel) => AnswerAsync(
            id, person, now, async (rows, approval) =>
                (DecideApproval.Reject(approval, person, now) ?? (person.IsSame(approval.RequestedBy)
                    ? null
                    : await approval.Rule.Work.RefuseAsync(rows, approval.Command, person, now))) is { } why
                    ? why
                    : await CloseAsync(
                        rows, approval,
                        person.IsSame(approval.RequestedBy) ? ApprovalState.Cancelled : ApprovalState.Rejected,
                        person.Subject, now),
            cancel);

    Task<Result<Approval>> AnswerAsync(
        long id, Person person, DateTimeOffset now,
        Func<IApprovalTransaction, Approval, Task<Result<Approval>>> answer, CancellationToken cancel) =>
        store.DecideAsync<Result<Approval>>(
            async rows =>
            {
                if (await rows.FindAsync(id) is not { } approval)
                {
                    return new Rejection(RejectionKind.NotFound, "there is no request with this id");
                }
                var result = await answer(rows, approval);
                await AuditAsync(
                    rows, result.Value is { } done ? Kebab.Of(done.State.ToString()) : "refused", approval,
                    person.Subject, now);
                return result;
            },
            cancel);

    /// <summary>Whoever comes second has come too late.</summary>
    static async Task<Result<Approval>> CloseAsync(
        IApprovalTransaction rows, Approval approval, ApprovalState state, string by, DateTimeOffset now) =>
        await rows.CloseAsync(approval, state, by, now)
            ? approval with { State = state, DecidedBy = by, DecidedAt = now }
            : new Rejection(RejectionKind.Conflict, "somebody else has already answered");

    static Task AuditAsync(
        IApprovalTransaction rows, string what, Approval approval, string actor, DateTimeOffset now) =>
        rows.AuditAsync(new Act(actor, now), $"approval-{what} {approval.Rule.Act}", approval.Id);
}
