namespace Issuer.Core.Approvals;

/// <summary>
/// A facility is going to enter doses that it gave long ago: up to this number they are neither volume nor late.
/// </summary>
/// <param name="Product">EU code.</param>
/// <param name="From">The first day on which they were given.</param>
/// <param name="To">The last.</param>
public sealed record AnnounceBacklog(
    string Facility, string Product, DateOnly From, DateOnly To, long Expected, string Reason)
    : TwoPersonCommand(Reason);

/// <summary>The set: the facility and its province.</summary>
sealed class AnnounceBacklogAct : ApprovalAct<AnnounceBacklog>
{
    public override async Task<Rejection?> RefuseAsync(
        IApprovalTransaction rows, TwoPersonCommand command, Person person, DateTimeOffset now) =>
        await rows.HeldSets.ProvinceOfAsync(((AnnounceBacklog)command).Facility) is { IsFound: true } found
            ? ProvinceRule.Refuse(person, found.Province, isMinistrys: true)
            : null;

    protected override async Task<Result<MaterialisedSet>> MaterialiseAsync(
        IApprovalTransaction rows, AnnounceBacklog command, MaterialisedSet? asked, DateTimeOffset now)
    {
        if (command.To < command.From)
        {
            return new Rejection(RejectionKind.Invalid, "the days end before they begin");
        }
        var (isFound, province) = await rows.HeldSets.ProvinceOfAsync(command.Facility);
        return isFound
            ? new MaterialisedSet([$"facility {command.Facility} of {province ?? "no province"}"])
            : new Rejection(RejectionKind.NotFound, "this facility is not known");
    }

    protected override async Task ExecuteAsync(
        IApprovalTransaction rows, AnnounceBacklog command, Approval approval, Act act)
    {
        await rows.HeldSets.AnnounceAsync(command, approval.Id, act);
        await rows.AuditAsync(act, $"backlog-announced {command.Facility} {command.Expected}");
    }
}
