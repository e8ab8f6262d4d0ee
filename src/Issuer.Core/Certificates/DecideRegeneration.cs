namespace Issuer.Core.Certificates;

/// <summary>Whether a certificate may be followed by one with the same content.</summary>
/// <param name="Entitlement">What stands behind the content; null: nothing does any more.</param>
/// <param name="IsOutdated">
/// The person is entitled to something else by now: issuing decides that, not regeneration.
/// </param>
/// <param name="Refusals">Why nothing stands behind it.</param>
public sealed record RegenerationDecision(
    Entitlement? Entitlement, bool IsOutdated, IReadOnlyList<Refusal> Refusals);

/// <summary>
/// Step 11, its decision: do the records and signatures behind the current certificate still stand? A suspicion stops
/// first issue and new content, never regeneration; neither does a newer dose that waits or contradicts. Pure.
/// </summary>
public static class DecideRegeneration
{
    public static RegenerationDecision Decide(DueSubject subject, CertificationPolicy policy)
    {
        var decision = DecideCourse.Decide(subject.Doses, policy);
        if (decision.Entitlement is { } asIssued
            && (SaysTheSame(asIssued) || !SuccessionRule.StaysMeanwhile(subject, decision, policy)))
        {
            return SaysTheSame(asIssued)
                ? new RegenerationDecision(asIssued, false, [])
                : new RegenerationDecision(null, true, []);
        }
        return SuccessionRule.FindStanding(subject, policy) is { } stands
            ? new RegenerationDecision(stands, false, [])
            : new RegenerationDecision(null, false, decision.Refusals);

        bool SaysTheSame(Entitlement entitlement) =>
            PrepareCertificates.ContentDigest(subject, entitlement, policy).AsSpan()
                .SequenceEqual(subject.Lineage?.ContentDigest);
    }
}
