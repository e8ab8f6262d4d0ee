namespace Issuer.Core.Approvals;

/// <summary>From the second person's yes on, tokens of another identity provider are taken, and no others.</summary>
/// <param name="Anchor">
/// SHA-256 of the anchor whose statement can change it from then on; null: the one that is kept.
/// </param>
public sealed record ChangeAuthority(Authority Authority, string? Anchor, string Reason) : TwoPersonCommand(Reason);

/// <summary>The set: the binding that ends. Both people showed tokens of it.</summary>
sealed class ChangeAuthorityAct : ApprovalAct<ChangeAuthority>
{
    protected override async Task<Result<MaterialisedSet>> MaterialiseAsync(
        IApprovalTransaction rows, ChangeAuthority command, MaterialisedSet? asked, DateTimeOffset now)
    {
        var bound = await rows.Authority.ReadAsync();
        return bound?.Authority == command.Authority && command.Anchor is null
            ? new Rejection(RejectionKind.Conflict, "the store is bound to this identity provider already")
            : new MaterialisedSet([bound is null ? "bound to none" : $"bound to {bound.Authority} {bound.Digest}"]);
    }

    protected override async Task ExecuteAsync(
        IApprovalTransaction rows, ChangeAuthority command, Approval approval, Act act)
    {
        var bound = await rows.Authority.ReadAsync() ?? new BoundAuthority(command.Authority, 0, null);
        await rows.Authority.BindAsync(
            bound.ReplacedBy(command.Authority, command.Anchor ?? bound.Anchor, act.At));
        await rows.AuditAsync(act, $"authority-changed {command.Authority.Issuer}");
    }
}
