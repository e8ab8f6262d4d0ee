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
        var (asIssued, refusals) = DecideCourse.Decide(subject.Doses, policy);
        if (asIssued is not null)
        {
            return SaysTheSame(asIssued)
                ? new RegenerationDecision(asIssued, false, [])
                : new RegenerationDecision(null, true, []);
        }
        var doses = subject.Doses
            .OrderBy(d => d.VaccinatedOn).ThenBy(d => d.RecordId).Select(d => d with { IsHeld = false }).ToList();
        for (var count = doses.Count; count > 0; count--)
        {
            if (DecideCourse.Decide(doses[..count], policy).Entitlement is { } stands && SaysTheSame(stands))
            {
                return new RegenerationDecision(stands, false, []);
            }
        }
        return new RegenerationDecision(null, false, refusals);

        bool SaysTheSame(Entitlement entitlement) =>
            PrepareCertificates.ContentDigest(subject, entitlement, policy).AsSpan()
                .SequenceEqual(subject.Lineage?.ContentDigest);
    }
}
