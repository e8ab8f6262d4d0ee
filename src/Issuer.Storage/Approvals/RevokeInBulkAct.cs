using Issuer.Core;
using Issuer.Core.Approvals;
using Issuer.Core.Revocation;
using Issuer.Storage.Revocation;

namespace Issuer.Storage.Approvals;

/// <summary>
/// The set: how many rows, the digest of those stored in <c>bulk_item</c>, and the impact that was shown. Yes marks it
/// to be executed; a job does it in steps.
/// </summary>
sealed class RevokeInBulkAct : ApprovalAct<RevokeInBulk>
{
    protected override async Task<Result<MaterialisedSet>> MaterialiseAsync(
        WriteSession session, RevokeInBulk command, MaterialisedSet? asked, DateTimeOffset now)
    {
        if (command.Criteria.Fault(command.Why) is { } why)
        {
            return new Rejection(RejectionKind.Invalid, why);
        }
        if (asked is not null)
        {
            return await BulkSets.CheckAsync(session, asked);
        }
        return await BulkSets.StoreAsync(session, command) is { } set
            ? set
            : new Rejection(RejectionKind.Conflict, "no record or certificate fits this");
    }

    protected override async Task ExecuteAsync(
        WriteSession session, RevokeInBulk command, Approval approval, Act act)
    {
        var bulk = await BulkSets.FindAsync(session, approval.Set);
        await session.ExecuteAsync(
            "update bulk_act set approval_id = @Id, approved_by = @Actor, approved_at = @at where id = @bulk",
            new { approval.Id, act.Actor, at = act.At.ToUnixTimeSeconds(), bulk });
        await AuditRows.AddAsync(session, act, $"bulk-revocation-approved {command.Why.ToWire()}", [bulk!.Value]);
    }
}
