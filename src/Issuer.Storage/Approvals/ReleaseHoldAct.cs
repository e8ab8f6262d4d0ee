using Issuer.Core;
using Issuer.Core.Approvals;
using Issuer.Storage.Records;

namespace Issuer.Storage.Approvals;

/// <summary>The set: each record with its version and what it is held for.</summary>
sealed class ReleaseHoldAct : ApprovalAct<ReleaseHold>
{
    protected override async Task<Result<MaterialisedSet>> MaterialiseAsync(
        WriteSession session, ReleaseHold command, MaterialisedSet? asked, DateTimeOffset now)
    {
        var held = await HeldRecords.FindAsync(session, command.Records);
        return held.Count == command.Records.Count
            ? new MaterialisedSet([.. held.Select(record => record.Line)])
            : new Rejection(RejectionKind.Conflict, "some of these records do not exist or are not held");
    }

    protected override Task ExecuteAsync(WriteSession session, ReleaseHold command, Approval approval, Act act) =>
        HeldRecords.ReleaseAsync(session, command.Records, act);
}
