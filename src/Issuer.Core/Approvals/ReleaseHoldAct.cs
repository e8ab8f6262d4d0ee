using Issuer.Core.Records;

namespace Issuer.Core.Approvals;

/// <summary>Ends the suspicion against these records.</summary>
public sealed record ReleaseHold(IReadOnlyList<long> Records, string Reason) : TwoPersonCommand(Reason)
{
    /// <summary>However the caller listed them.</summary>
    public static ReleaseHold Of(IEnumerable<long> records, string reason) =>
        new([.. records.Distinct().Order()], reason);
}

/// <summary>The set: each record with its version and what it is held for.</summary>
sealed class ReleaseHoldAct : ApprovalAct<ReleaseHold>
{
    protected override async Task<Result<MaterialisedSet>> MaterialiseAsync(
        IApprovalTransaction rows, ReleaseHold command, MaterialisedSet? asked, DateTimeOffset now)
    {
        var held = await rows.Holds.FindAsync(command.Records);
        if (held.Any(record => record.Reason == HoldReason.Suspicion))
        {
            return new Rejection(
                RejectionKind.Conflict, "some of these belong to a hold that ends as a set (GET /v1/holds)");
        }
        return held.Count == command.Records.Count
            ? new MaterialisedSet([.. held.Select(record => record.ToLine())])
            : new Rejection(RejectionKind.Conflict, "some of these records do not exist or are not held");
    }

    protected override Task ExecuteAsync(
        IApprovalTransaction rows, ReleaseHold command, Approval approval, Act act) =>
        rows.Holds.ReleaseAsync(command.Records, act);
}
