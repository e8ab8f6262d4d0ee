namespace Issuer.Core.Revocation;

/// <summary>What is declared about certificates: by whom and why is in the act.</summary>
/// <param name="EffectiveAt">Now, or after the grace of a correction.</param>
/// <param name="SuspendedUntil">A suspension with this end; null: for good.</param>
/// <param name="ApprovalId">Two people did it; null: one.</param>
public sealed record Declaration(
    RevocationReason Reason, Act Act, DateTimeOffset EffectiveAt, DateTimeOffset? SuspendedUntil = null,
    string? Note = null, long? ApprovalId = null)
{
    public static Declaration Now(RevocationReason reason, Act act) => new(reason, act, act.At);

    public static Declaration AfterGrace(RevocationReason reason, Act act, TimeSpan grace) =>
        new(reason, act, act.At + grace);

    public string AuditText => SuspendedUntil is null
        ? $"certificate-revoked {Reason.ToWire()}"
        : $"certificate-suspended {Reason.ToWire()}";
}
