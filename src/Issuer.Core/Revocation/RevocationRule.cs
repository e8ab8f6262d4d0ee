namespace Issuer.Core.Revocation;

/// <summary>
/// Revocation follows the lineage (design.md section 2): what is reached, when, and what comes after. Pure.
/// </summary>
public static class RevocationRule
{
    /// <summary>
    /// What a corrected certificate is still accepted for, so that its holder has time to fetch the new one.
    /// </summary>
    public static readonly TimeSpan Grace = TimeSpan.FromDays(14);

    /// <summary>
    /// So many leaks of one lineage in <see cref="LeakWindow"/>; whoever loses more has another trouble.
    /// </summary>
    public const int MostLeaks = 3;

    public static readonly TimeSpan LeakWindow = TimeSpan.FromDays(30);

    /// <summary>Why a certificate may not be revoked or suspended at all; null: it may.</summary>
    public static Rejection? Refuse(RevocableCertificate found, DateTimeOffset now) => found.ExpiresAt <= now
        ? new Rejection(RejectionKind.Conflict, "this certificate has expired")
        : null;

    /// <summary>
    /// Why its holder may not report it as leaked; null: they may. A suspension is the ministry's to end: its holder
    /// gets no fresh certificate by losing the old one.
    /// </summary>
    /// <param name="leaks">Reported of the lineage within <see cref="LeakWindow"/>.</param>
    public static Rejection? RefuseLeak(RevocableCertificate found, long leaks, DateTimeOffset now)
    {
        if (found.Standing is { } standing && (standing.SuspendedUntil is null || standing.SuspendedUntil > now))
        {
            return new Rejection(RejectionKind.Conflict, "this certificate is already revoked or suspended");
        }
        return leaks >= MostLeaks
            ? new Rejection(RejectionKind.TooOften, "too many reports for now: ask the hotline")
            : Refuse(found, now);
    }
}
