using Issuer.Core.Certificates;

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

    /// <summary>
    /// For how long a predecessor with wrong content outlives its successor; null: it is never revoked for it.
    /// Regeneration and a new dose never revoke: that alone would swell the lists.
    /// </summary>
    public static TimeSpan? GraceOf(SuccessionCause cause) => cause switch
    {
        SuccessionCause.Corrected or SuccessionCause.DoseWithdrawn => Grace,
        _ => null,
    };

    /// <summary>
    /// Whether a decision takes away what was certified. A hold stops new content only; a fault of ours takes nothing
    /// from anybody.
    /// </summary>
    public static bool EndsEntitlement(IReadOnlyCollection<Refusal> refusals) => refusals.Count > 0
        && !refusals.Any(r => r.Reason is DecisionReason.Held or DecisionReason.LintFailed or DecisionReason.Revoked);

    /// <summary>The closed list has a last entry that says nothing by itself.</summary>
    public static bool NeedsNote(RevocationReason reason) => reason == RevocationReason.Other;

    /// <summary>
    /// What a person may give as the reason for withdrawing a record; the others speak of a certificate.
    /// </summary>
    public static bool FitsRecord(RevocationReason reason) =>
        reason is not (RevocationReason.Leaked or RevocationReason.HolderRequest or RevocationReason.Deceased);

    /// <summary>
    /// A person's doses once some were withdrawn: what was signed for over a withdrawn one no longer stands
    /// (the statement relied on it).
    /// </summary>
    public static IReadOnlyList<Dose> Remaining(IEnumerable<Dose> doses, IReadOnlySet<long> withdrawn)
    {
        var remaining = new List<Dose>();
        var relied = false;
        foreach (var dose in doses.OrderBy(d => d.VaccinatedOn).ThenBy(d => d.RecordId))
        {
            if (withdrawn.Contains(dose.RecordId))
            {
                relied = true;
                continue;
            }
            remaining.Add(relied ? dose with { IsAttested = false } : dose);
        }
        return remaining;
    }
}
