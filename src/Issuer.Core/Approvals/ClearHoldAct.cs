using System.Globalization;
using Issuer.Core.Holds;

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
        await rows.HeldSets.ReleaseAsync(hold, HeldSet.RecordsOf(approval.Set), act);
        if ((await rows.HeldSets.MembersAsync(hold.Id)).Count == 0)
        {
            var policies = (await rows.Policies.ReadAsync()).At(act.At);
            await rows.HeldSets.EndAsync(hold, HoldState.Cleared, policies.Validity.UtcOffset, act);
        }
    }
}

/// <summary>What both ways to end a hold have in common.</summary>
static class HeldSet
{
    public static async Task<Rejection?> RefuseAsync(
        IApprovalTransaction rows, long hold, Person person, DateTimeOffset now) =>
        await rows.HeldSets.FindAsync(hold) is { } found
            ? ProvinceRule.Refuse(
                person, found.Province,
                HoldRule.ReviewerOf(found.Province, found.DueAt, now) == HoldReviewer.Ministry)
            : null;

    public static async Task<Result<MaterialisedSet>> MaterialiseAsync(
        IApprovalTransaction rows, long hold, MaterialisedSet? asked)
    {
        if (await rows.HeldSets.FindAsync(hold) is not { } found)
        {
            return new Rejection(RejectionKind.NotFound, "there is no hold with this id");
        }
        if (found.State != HoldState.Open)
        {
            return new Rejection(RejectionKind.Conflict, "somebody has ended this hold already");
        }
        var wanted = asked is null ? null : RecordsOf(asked).ToHashSet();
        return new MaterialisedSet(
            [$"hold {hold}", .. (await rows.HeldSets.MembersAsync(hold))
                .Where(member => wanted?.Contains(member.RecordId) != false)
                .Select(member => $"record {member.RecordId} version {member.Version}")]);
    }

    public static IReadOnlyList<long> RecordsOf(MaterialisedSet set) =>
        [.. set.Lines.Skip(1).Select(line => long.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture))];
}
