using Issuer.Core;
using Issuer.Core.Approvals;
using Issuer.Core.Revocation;
using Issuer.Hcert;
using static Issuer.Storage.Predicates;

namespace Issuer.Storage.Approvals;

/// <summary>The set: the DSC. What it signed is not listed; a job makes its holders' successors due.</summary>
sealed class WithdrawDscAct : ApprovalAct<WithdrawDsc>
{
    protected override async Task<Result<MaterialisedSet>> MaterialiseAsync(
        WriteSession session, WithdrawDsc command, MaterialisedSet? asked, DateTimeOffset now) =>
        await FindAsync(session, command.Kid) is { Count: > 0 } found
            ? new MaterialisedSet([.. found.Select(thumbprint => $"dsc {thumbprint}")])
            : new Rejection(RejectionKind.NotFound, "no DSC in use has this kid");

    protected override async Task ExecuteAsync(WriteSession session, WithdrawDsc command, Approval approval, Act act)
    {
        foreach (var thumbprint in await FindAsync(session, command.Kid))
        {
            await session.ExecuteAsync(
                $"update dsc set withdrawn = {Yes} where thumbprint = @thumbprint", new { thumbprint });
        }
        await session.ExecuteAsync(
            """
            insert into dsc_withdrawal (kid, withdrawn_at, withdrawn_by, reason, enqueued_to)
            values (@Kid, @at, @Actor, @Reason, 0)
            on conflict (kid) do nothing
            """,
            new { command.Kid, at = act.At.ToUnixTimeSeconds(), act.Actor, command.Reason });
        await AuditRows.AddAsync(session, act, [$"dsc-withdrawn {command.Kid}"]);
    }

    static async Task<IReadOnlyList<string>> FindAsync(WriteSession session, string kid) =>
        [.. (await session.QueryAsync<(string Thumbprint, byte[] Der)>(
            $"select thumbprint, der from dsc where {IsInUse("dsc")} order by thumbprint"))
            .Where(dsc => Kid.OfDsc(dsc.Der).ToString() == kid).Select(dsc => dsc.Thumbprint)];
}
