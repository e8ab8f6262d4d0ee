using Issuer.Core.Holds;
using Issuer.Core.Revocation;

namespace Issuer.Core.Approvals;

/// <summary>What is under a hold was not given: its records are withdrawn, its certificates fall with them.</summary>
public sealed record WithdrawHold(long Hold, string Reason) : TwoPersonCommand(Reason);

/// <summary>
/// The set: the records under the hold when it was asked for. Yes ends the hold and gives all that is under it then to
/// the job that withdraws in steps, for fraud.
/// </summary>
sealed class WithdrawHoldAct : ApprovalAct<WithdrawHold>
{
    public override Task<Rejection?> RefuseAsync(
        IApprovalTransaction rows, TwoPersonCommand command, Person person, DateTimeOffset now) =>
        HeldSet.RefuseAsync(rows, ((WithdrawHold)command).Hold, person, now);

    protected override Task<Result<MaterialisedSet>> MaterialiseAsync(
        IApprovalTransaction rows, WithdrawHold command, MaterialisedSet? asked, DateTimeOffset now) =>
        HeldSet.MaterialiseAsync(rows, command.Hold, asked);

    protected override async Task ExecuteAsync(
        IApprovalTransaction rows, WithdrawHold command, Approval approval, Act act)
    {
        var hold = (await rows.HeldSets.FindAsync(command.Hold))!;
        var criteria = new BulkCriteria { Hold = hold.Id };
        var withdrawn = new RevokeInBulk(criteria, RevocationReason.Fraud, command.Reason) { AsOf = act.At };
        if (await rows.Bulks.StoreAsync(withdrawn, withdrawn.Why.Rule().ReachesLineage) is { } bulk)
        {
            await rows.Bulks.ApproveAsync(bulk, approval.Id, act);
        }
        var policies = (await rows.Policies.ReadAsync()).At(act.At);
        await rows.HeldSets.EndAsync(hold, HoldState.Withdrawn, policies.Validity.UtcOffset, act);
    }
}
