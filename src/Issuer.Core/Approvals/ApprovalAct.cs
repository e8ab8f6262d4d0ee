namespace Issuer.Core.Approvals;

/// <summary>What one act of the closed list is: what it works on, when it cannot be done, and what it does.</summary>
abstract class ApprovalAct
{
    public abstract Type Command { get; }

    /// <summary>
    /// The set that the command acts on as it stands now, or why it cannot be done. Every row in it is read, so that
    /// what was seen still holds when the transaction commits.
    /// </summary>
    /// <param name="asked">The set as it was when it was asked for; null: it is being asked for now.</param>
    public abstract Task<Result<MaterialisedSet>> MaterialiseAsync(
        IApprovalTransaction rows, TwoPersonCommand command, MaterialisedSet? asked, DateTimeOffset now);

    /// <summary>Why it is not this person's to ask for or to answer, whatever their roles; null: it is.</summary>
    public virtual Task<Rejection?> RefuseAsync(
        IApprovalTransaction rows, TwoPersonCommand command, Person person, DateTimeOffset now) =>
        Task.FromResult<Rejection?>(null);

    /// <summary>Does it, after <see cref="MaterialiseAsync"/> gave the very set of the approval.</summary>
    public abstract Task ExecuteAsync(IApprovalTransaction rows, Approval approval, Act act);
}

/// <inheritdoc/>
abstract class ApprovalAct<TCommand> : ApprovalAct
    where TCommand : TwoPersonCommand
{
    public sealed override Type Command => typeof(TCommand);

    public sealed override Task<Result<MaterialisedSet>> MaterialiseAsync(
        IApprovalTransaction rows, TwoPersonCommand command, MaterialisedSet? asked, DateTimeOffset now) =>
        MaterialiseAsync(rows, (TCommand)command, asked, now);

    public sealed override Task ExecuteAsync(IApprovalTransaction rows, Approval approval, Act act) =>
        ExecuteAsync(rows, (TCommand)approval.Command, approval, act);

    protected abstract Task<Result<MaterialisedSet>> MaterialiseAsync(
        IApprovalTransaction rows, TCommand command, MaterialisedSet? asked, DateTimeOffset now);

    protected abstract Task ExecuteAsync(IApprovalTransaction rows, TCommand command, Approval approval, Act act);
}
