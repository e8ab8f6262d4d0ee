using Issuer.Core.Records;
using Issuer.Core.Revocation;

namespace Issuer.Core.Certificates;

/// <summary>What a decision or a successor does to the certificates that were there before. Pure.</summary>
public static class SuccessionRule
{
    /// <summary>Every choice of them is tried; of more only those that leave the last ones out.</summary>
    const int MostDosesToChooseFrom = 8;

    /// <summary>
    /// What is declared of those that a successor corrects; null: nothing, they are never revoked for it.
    /// </summary>
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
        SuccessionCause.Regenerated or SuccessionCause.NewDose or SuccessionCause.Merged or SuccessionCause.Leaked
            or SuccessionCause.KeyWithdrawn => null,
    };

    /// <summary>
    /// Whether a decision takes away what was certified: only where what it rests on was corrected or withdrawn. A hold
    /// and a question stop new content only, a policy speaks of what is certified from now on, and a fault of ours
    /// takes nothing from anybody.
    /// </summary>
    public static bool EndsEntitlement(IReadOnlyCollection<Refusal> refusals) => refusals.Count > 0
        && refusals.All(r => EndsEntitlement(r.Reason));

    static bool EndsEntitlement(DecisionReason reason) => reason switch
    {
        DecisionReason.NoDose or DecisionReason.NotAttested or DecisionReason.IncompleteCourse => true,
        DecisionReason.Held or DecisionReason.MissingDose or DecisionReason.ConflictingDoses
            or DecisionReason.ProductNotCertified or DecisionReason.LintFailed or DecisionReason.Revoked
            or DecisionReason.CloseDoses or DecisionReason.TooSoon or DecisionReason.TooYoung
            or DecisionReason.BeforeLicence or DecisionReason.TooManyDoses => false,
    };

    /// <summary>
    /// Whether the current certificate stays although the decision says less, or something else: doses that are signed
    /// for were left out of it, and with them it still says what it says. An act that two people approved comes first.
    /// </summary>
    public static bool StaysMeanwhile(DueSubject subject, Decision decision, CertificationPolicy policy) =>
        decision is { LeavesOut: true, Entitlement: { } entitlement }
        && subject.Lineage is { Merged: false, DoseNumber: { } before } && entitlement.DoseNumber <= before
        && FindStanding(subject, policy) is not null;

    /// <summary>
    /// What stands behind the current certificate among the person's doses, whatever contradicts them now: a suspicion
    /// and a question take nothing away. Null: nothing does any more.
    /// </summary>
    public static Entitlement? FindStanding(DueSubject subject, CertificationPolicy policy)
    {
        var doses = subject.Doses.OrderBy(d => d.VaccinatedOn).ThenBy(d => d.RecordId)
            .Select(d => d with { IsHeld = false }).ToList();
        // A rule of plausibility that came later takes nothing back either.
        policy = policy with { Plausibility = PlausibilityPolicy.None };
        foreach (var some in doses.Count <= MostDosesToChooseFrom ? Choices(doses) : Beginnings(doses))
        {
            if (DecideCourse.Decide(some, policy).Entitlement is { } stands
                && PrepareCertificates.ContentDigest(subject, stands, policy).AsSpan()
                    .SequenceEqual(subject.Lineage?.ContentDigest))
            {
                return stands;
            }
        }
        return null;
    }

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
            remaining.Add(relied ? dose with { IsAttested = false, IsReliedOn = false } : dose);
        }
        return remaining;
    }

    /// <summary>Those with the most doses first.</summary>
    static IEnumerable<List<Dose>> Choices(List<Dose> doses) => Enumerable.Range(1, (1 << doses.Count) - 1)
        .OrderByDescending(choice => int.PopCount(choice))
        .Select(choice => doses.Where((_, place) => (choice >> place & 1) == 1).ToList());

    static IEnumerable<List<Dose>> Beginnings(List<Dose> doses) => Enumerable.Range(0, doses.Count)
        .Select(left => doses[..(doses.Count - left)]);
}
