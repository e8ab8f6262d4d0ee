using Issuer.Core.Holds;
using Issuer.Core.Records;

namespace Issuer.Core.Approvals;

/// <summary>Two people looked at what is under a hold and found nothing wrong.</summary>
public sealed record ClearHold(long Hold, string Reason) : TwoPersonCommand(Reason);

/// <summary>
/// The set: the records under the hold when it was asked for. What comes under it afterwards nobody has looked at: it
/// stays, and the hold with it.
/// </summary>
sealed class ClearHoldAct : ApprovalAct<ClearHold>
{
    public override Task<Rejection?> RefuseAsync(
        IApprovalTransaction rows, TwoPersonCommand command, Person person, DateTimeOffset now) =>
        HeldSet.RefuseAsync(rows, ((ClearHold)command).Hold, person, now);

    protected override Task<Result<MaterialisedSet>> MaterialiseAsync(
        IApprovalTransaction rows, ClearHold command, MaterialisedSet? asked, DateTimeOffset now) =>
        HeldSet.MaterialiseAsync(rows, command.Hold, asked);

    protected override async Task ExecuteAsync(
        IApprovalTransaction rows, ClearHold command, Approval approval, Act act)
    {
        var hold = (await rows.HeldSets.FindAsync(command.Hold))!;
        await rows.HeldSets.ReleaseAsync(hold, HeldRecord.IdsOf(approval.Set.Lines.Skip(1)), act);
        if ((await rows.HeldSets.MembersAsync(hold.Id)).Count == 0)
        {
            var policies = (await rows.Policies.ReadAsync()).At(act.At);
            await rows.HeldSets.EndAsync(hold, HoldState.Cleared, policies.Validity.UtcOffset, act);
        }
    }
}
