namespace Issuer.Core.Revocation;

/// <summary>What stands against a certificate.</summary>
/// <param name="EffectiveAt">Later than it was declared by the grace of a correction.</param>
/// <param name="SuspendedUntil">A suspension, and its end; null: for good.</param>
public sealed record DeclaredRevocation(
    RevocationReason Reason, DateTimeOffset EffectiveAt, DateTimeOffset? SuspendedUntil = null)
{
    public bool IsRevokedAt(DateTimeOffset now) => SuspendedUntil is null && now >= EffectiveAt;

    public bool IsSuspendedAt(DateTimeOffset now) => now >= EffectiveAt && now < SuspendedUntil;
}
