namespace Issuer.Core.Approvals;

/// <summary>A certificate was revoked wrongly: it stands again, with those that were revoked in the same act.</summary>
public sealed record UndoRevocation(long Slot, string Reason) : TwoPersonCommand(Reason);

/// <summary>
/// The set: the certificate's revocation, and those of its lineage that were declared in the same act.
/// </summary>
sealed class UndoRevocationAct : ApprovalAct<UndoRevocation>
{
    protected override async Task<Result<MaterialisedSet>> MaterialiseAsync(
        IApprovalTransaction rows, UndoRevocation command, MaterialisedSet? asked, DateTimeOffset now)
    {
        var together = await rows.Revocations.DeclaredTogetherAsync(command.Slot);
        return together.Count > 0
            ? new MaterialisedSet([.. together.Select(r => $"revocation {r.Id} of {r.Slot}")])
            : new Rejection(RejectionKind.NotFound, "this certificate is neither revoked nor suspended");
    }

    protected override async Task ExecuteAsync(
        IApprovalTransaction rows, UndoRevocation command, Approval approval, Act act)
    {
        var together = await rows.Revocations.DeclaredTogetherAsync(command.Slot);
        await rows.Revocations.UndoAsync([.. together.Select(r => r.Id)], act, command.Reason);
        var lineage = await rows.Revocations.LineageOfAsync(command.Slot);
        if (lineage is { IsOpen: false, IsAnotherOpen: true })
        {
            // Another was opened since: one certificate of a person is current, and it is that one's.
            await rows.Revocations.LeaveHeadAsync(lineage.Id);
        }
        else if (lineage is { IsOpen: false, HasHead: true, IsHeadRevoked: false })
        {
            await rows.Revocations.ReopenAsync(lineage.Id);
        }
        await rows.Revocations.ReplaceKeyWithdrawnAsync(lineage.Id, act.At);
        await rows.Revocations.DecideAgainAsync(lineage.SubjectId);
        await rows.AuditAsync(act, "revocation-undone by-two", [.. together.Select(r => r.Slot)]);
    }
}
