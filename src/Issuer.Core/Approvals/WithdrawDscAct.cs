using Issuer.Hcert;

namespace Issuer.Core.Approvals;

/// <summary>Takes a DSC off the trust list; whatever it signed counts as revoked, its holders get successors.</summary>
public sealed record WithdrawDsc(string Kid, string Reason) : TwoPersonCommand(Reason);

/// <summary>The set: the DSC. What it signed is not listed; a job makes its holders' successors due.</summary>
sealed class WithdrawDscAct : ApprovalAct<WithdrawDsc>
{
    protected override async Task<Result<MaterialisedSet>> MaterialiseAsync(
        IApprovalTransaction rows, WithdrawDsc command, MaterialisedSet? asked, DateTimeOffset now) =>
        await FindAsync(rows, command.Kid) is { Count: > 0 } found
            ? new MaterialisedSet([.. found.Select(dsc => $"dsc {dsc.Thumbprint}")])
            : new Rejection(RejectionKind.NotFound, "no DSC in use has this kid");

    protected override async Task ExecuteAsync(
        IApprovalTransaction rows, WithdrawDsc command, Approval approval, Act act)
    {
        await rows.Keys.WithdrawAsync(await FindAsync(rows, command.Kid), command.Kid, act, command.Reason);
        await rows.AuditAsync(act, $"dsc-withdrawn {command.Kid}");
    }

    static async Task<IReadOnlyList<UsedDsc>> FindAsync(IApprovalTransaction rows, string kid) =>
        [.. (await rows.Keys.InUseAsync()).Where(dsc => Kid.OfDsc(dsc.Der).ToString() == kid)];
}
