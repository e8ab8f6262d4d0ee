using Issuer.Core.Holds;
using Issuer.Core.Records;

namespace Issuer.Core.Approvals;

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
        var wanted = asked is null ? null : HeldRecord.IdsOf(asked.Lines.Skip(1)).ToHashSet();
        return new MaterialisedSet(
            [$"hold {hold}", .. (await rows.HeldSets.MembersAsync(hold))
                .Where(member => wanted?.Contains(member.RecordId) != false)
                .Select(member => $"record {member.RecordId} version {member.Version}")]);
    }
}
