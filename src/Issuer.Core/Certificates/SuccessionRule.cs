using Issuer.Core.Revocation;

namespace Issuer.Core.Certificates;

/// <summary>What a decision or a successor does to the certificates that were there before. Pure.</summary>
public static class SuccessionRule
{
    /// <summary>What is declared of those that a successor corrects; null: nothing, they are never revoked for it.</summary>
    public static Declaration? OfCorrected(SuccessionCause? cause, Act act) =>
        cause is { } why && GraceOf(why) is { } grace
            ? Declaration.AfterGrace(RevocationReason.WrongData, act, grace)
            : null;

    /// <summary>
    /// What is declared of all that a person has once they are not entitled to it; null: it stands. After the grace
    /// nothing of theirs does, unless they are entitled again.
    /// </summary>
    public static Declaration? OfRefused(IReadOnlyCollection<Refusal> refusals, Act act) =>
        EndsEntitlement(refusals)
            ? Declaration.AfterGrace(RevocationReason.WrongData, act, RevocationRule.Grace)
            : null;

    /// <summary>
    /// For how long a predecessor with wrong content outlives its successor; null: it is never revoked for it.
    /// Regeneration and a new dose never revoke: that alone would swell the lists.
    /// </summary>
    public static TimeSpan? GraceOf(SuccessionCause cause) => cause switch
    {
        SuccessionCause.Corrected or SuccessionCause.DoseWithdrawn => RevocationRule.Grace,
        _ => null,
    };

    /// <summary>
    /// Whether a decision takes away what was certified. A hold stops new content only; a fault of ours takes nothing
    /// from anybody.
    /// </summary>
    public static bool EndsEntitlement(IReadOnlyCollection<Refusal> refusals) => refusals.Count > 0
        && !refusals.Any(r => r.Reason is DecisionReason.Held or DecisionReason.LintFailed or DecisionReason.Revoked);

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
