using Issuer.Core;
using Issuer.Core.Approvals;
using Issuer.Storage.Policies;
using static Issuer.Storage.Predicates;

namespace Issuer.Storage.Approvals;

sealed class ApprovalStore(Database database, IdLeases ids) : IApprovalStore
{
    public async Task<Result<Approval>> RequestAsync(
        TwoPersonCommand command, Person requester, DateTimeOffset now, CancellationToken cancel)
    {
        if (DecideApproval.Request(command, requester) is { } why)
        {
            return why;
        }
        var id = await ids.TakeAsync("approval", 1, cancel);
        return await database.WriteAsync<Result<Approval>>(
            async session =>
            {
                if ((await ApprovalActs.Of(command).MaterialiseAsync(session, command, null, now))
                    .IsRefused(out var impossible, out var set))
                {
                    return impossible;
                }
                var policies = (await PolicyRows.ReadAsync(session)).At(now);
                var approval = new Approval(
                    id, command, set, Approval.DigestOf(command, set), requester.Subject, now,
                    ApprovalRule.ExpiryOf(now, policies.Feedback.Calendar, policies.Validity.UtcOffset),
                    ApprovalState.Requested, null, null);
                if (await ApprovalColumns.OpenAsync(session, approval.Digest) is { } open)
                {
                    if (open.StateAt(now) == ApprovalState.Requested)
                    {
                        return open;
                    }
                    await CloseAsync(session, open, ApprovalState.Expired, requester.Subject, now);
                }
                await ApprovalColumns.InsertAsync(session, approval);
                await AuditAsync(session, "requested", approval, requester.Subject, now);
                return approval;
            },
            cancel);
    }

    public Task<Result<Approval>> ApproveAsync(
        long id, Person approver, DateTimeOffset now, CancellationToken cancel) => AnswerAsync(
            id, approver, now, async (session, approval) =>
            {
                if (DecideApproval.Approve(approval, approver, now) is { } why)
                {
                    return why;
                }
                var act = ApprovalActs.Of(approval.Command);
                if ((await act.MaterialiseAsync(session, approval.Command, approval.Set, now))
                    .IsRefused(out var impossible, out var set))
                {
                    return impossible;
                }
                if (!approval.IsOf(set))
                {
                    return new Rejection(RejectionKind.Conflict, "the rows have changed since the request: ask again");
                }
                var executed = await CloseAsync(session, approval, ApprovalState.Executed, approver.Subject, now);
                if (!executed.IsRefused(out _, out _))
                {
                    await act.ExecuteAsync(session, approval, new Act(approver.Subject, now));
                }
                return executed;
            },
            cancel);

    public Task<Result<Approval>> RejectAsync(
        long id, Person person, DateTimeOffset now, CancellationToken cancel) => AnswerAsync(
            id, person, now, async (session, approval) =>
                DecideApproval.Reject(approval, person, now) is { } why
                    ? why
                    : await CloseAsync(
                        session, approval,
                        person.IsSame(approval.RequestedBy) ? ApprovalState.Cancelled : ApprovalState.Rejected,
                        person.Subject, now),
            cancel);

    public Task<IReadOnlyList<Approval>> PageAsync(long after, int limit, CancellationToken cancel) =>
        database.ReadAsync(connection => ApprovalColumns.PageAsync(connection, after, limit), cancel);

    Task<Result<Approval>> AnswerAsync(
        long id, Person person, DateTimeOffset now, Func<WriteSession, Approval, Task<Result<Approval>>> answer,
        CancellationToken cancel) => database.WriteAsync<Result<Approval>>(
            async session =>
            {
                if (await ApprovalColumns.FindAsync(session, id) is not { } approval)
                {
                    return new Rejection(RejectionKind.NotFound, "there is no request with this id");
                }
                var result = await answer(session, approval);
                await AuditAsync(
                    session, result.Value is { } done ? Kebab.Of(done.State.ToString()) : "refused", approval,
                    person.Subject, now);
                return result;
            },
            cancel);

    /// <summary>By compare-and-swap: whoever comes second has come too late.</summary>
    static async Task<Result<Approval>> CloseAsync(
        WriteSession session, Approval approval, ApprovalState state, string by, DateTimeOffset now)
    {
        var closed = await session.ExecuteAsync(
            $"""
            update approval set state = @state, decided_by = @by, decided_at = @at
            where id = @Id and {WaitsForSecond("approval")} and digest = @Digest
            """,
            new { state = (long)state, by, at = now.ToUnixTimeSeconds(), approval.Id, approval.Digest });
        return closed == 1
            ? approval with { State = state, DecidedBy = by, DecidedAt = now }
            : new Rejection(RejectionKind.Conflict, "somebody else has already answered");
    }

    static Task AuditAsync(WriteSession session, string what, Approval approval, string actor, DateTimeOffset now) =>
        AuditRows.AddAsync(session, new Act(actor, now), $"approval-{what} {approval.Rule.Act}", [approval.Id]);
}
