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

    /// <summary>So many leaks of one lineage in <see cref="LeakWindow"/>; whoever loses more has another trouble.</summary>
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

    /// <summary>
    /// Every unexpired certificate of the lineage, which is closed by it; a leak reaches the leaked one alone, and its
    /// holder gets a successor.
    /// </summary>
    public static bool ReachesLineage(RevocationReason reason) => reason != RevocationReason.Leaked;

    /// <summary>
    /// How long a withdrawn dose's certificates still stand: a mistake has grace, anything worse has none.
    /// </summary>
    public static TimeSpan GraceOf(RevocationReason withdrawal) => withdrawal switch
    {
        RevocationReason.WrongData or RevocationReason.Duplicate => Grace,
        _ => TimeSpan.Zero,
    };

    /// <summary>The closed list has a last entry that says nothing by itself.</summary>
    public static bool NeedsNote(RevocationReason reason) => reason == RevocationReason.Other;

    /// <summary>
    /// What a person may give as the reason for withdrawing a record; the others speak of a certificate.
    /// </summary>
    public static bool FitsRecord(RevocationReason reason) =>
        reason is not (RevocationReason.Leaked or RevocationReason.HolderRequest or RevocationReason.Deceased);
}
