namespace Issuer.Core.Certificates;

/// <summary>
/// Step 5: may this person's doses be certified, and as which dose of how many (design.md section 5)? Pure; the tests
/// follow the table row by row.
/// </summary>
/// <remarks>
/// A held dose is left out, and what nobody signed for weighs nothing against what somebody did. A dose that is asked
/// about waits; the older course stands meanwhile.
/// </remarks>
public static class DecideCourse
{
    /// <param name="doses">Matched doses without duplicates, in any order.</param>
    public static Decision Decide(IEnumerable<Dose> doses, CertificationPolicy policy)
    {
        var all = doses.OrderBy(d => d.VaccinatedOn).ThenBy(d => d.RecordId).ToList();
        if (all.Count == 0)
        {
            return Decision.Refused(new Refusal(DecisionReason.NoDose));
        }
        var free = all.FindAll(d => !d.IsHeld);
        if (free.Count == 0)
        {
            return Decision.Refused(new Refusal(DecisionReason.Held)) with { LeavesOut = true };
        }
        var signed = Signed(free, policy.Attestation);
        if (signed.Count == 0)
        {
            return Unsigned(all, free, policy);
        }
        var believed = CheckPlausibility.Believed(signed, policy.Plausibility);
        var questions = AskAboutCourse.Of(free, policy);
        if (believed.Count == 0)
        {
            return Decision.Refused(Unbelieved(signed, policy)) with { Questions = questions, LeavesOut = true };
        }
        var course = CountDoses.Of(believed);
        var gaps = Gaps(course, policy).ToList();
        var entitlement = Certify(course, policy);
        return new Decision(
            entitlement,
            entitlement is not null
                ? []
                : [
                    .. OneIf(free.Count < all.Count, DecisionReason.Held), .. gaps, .. Unbelieved(signed, policy),
                    // The dose that counts is the unsigned one of two that are too close.
                    .. OneIf(course.LeavesOutClose && gaps.Count == 0, DecisionReason.CloseDoses),
                    // The doses signed for are not enough, and there are others that wait for their signature.
                    .. OneIf(signed.Count < free.Count, DecisionReason.NotAttested),
                ])
        {
            Questions = questions,
            LeavesOut = free.Count < all.Count || believed.Count < signed.Count || course.LeavesOutClose
                || gaps.Count > 0,
        };
    }

    /// <summary>Why doses that are signed for do not count.</summary>
    static IEnumerable<Refusal> Unbelieved(List<Dose> signed, CertificationPolicy policy) =>
        CheckPlausibility.Of(signed, policy.Plausibility).Where(finding => finding.Waits)
            .Select(finding => finding.Reason).Distinct().Select(reason => new Refusal(reason));

    /// <summary>Nobody signed for any of it. What contradicts is a question then, and no reason.</summary>
    static Decision Unsigned(List<Dose> all, List<Dose> free, CertificationPolicy policy) => Decision.Refused(
        [
            .. OneIf(free.Count < all.Count, DecisionReason.Held), new Refusal(DecisionReason.NotAttested),
            .. Gaps(CountDoses.Of(free), policy).Where(gap => gap.Reason == DecisionReason.IncompleteCourse),
        ]) with
    {
        Questions = AskAboutCourse.Of(free, policy),
        LeavesOut = free.Count < all.Count,
    };

    /// <summary>
    /// The doses that a signature stands behind: under <c>last-dose</c> all that a signed statement names, since its
    /// facility signs for the series; a dose that turned up later waits without taking anything away.
    /// </summary>
    static List<Dose> Signed(List<Dose> doses, AttestationPolicy policy)
    {
        var named = doses.FindAll(d => d.IsAttested || d.IsReliedOn);
        return policy switch
        {
            AttestationPolicy.EveryDose => [.. named.TakeWhile(d => d.IsAttested)],
            AttestationPolicy.LastDose => named[..(named.FindLastIndex(d => d.IsAttested) + 1)],
        };
    }

    /// <summary>The longest part of the course, from its beginning on, that may be certified.</summary>
    static Entitlement? Certify(CountedCourse course, CertificationPolicy policy)
    {
        for (var count = course.Doses.Count; count > 0; count--)
        {
            var part = course.First(count);
            if (part.Last.Dose.IsAttested && !Gaps(part, policy).Any())
            {
                var primary = PrimaryDoses(part, policy);
                var number = part.Last.Number;
                // EU coding since 2022: a booster is n/n, except that after a one-dose course it stays n/1.
                var series = number <= primary ? primary : primary == 1 ? 1 : number;
                return new Entitlement(
                    part.Last.Dose, policy.FindProduct(part.Last.Dose.Product)!, number, series);
            }
        }
        return null;
    }

    /// <summary>What the course lacks; none: it may be certified.</summary>
    static IEnumerable<Refusal> Gaps(CountedCourse course, CertificationPolicy policy)
    {
        if (course.Doses.Any(d => policy.FindProduct(d.Dose.Product) is null))
        {
            yield return new Refusal(DecisionReason.ProductNotCertified);
            yield break;
        }
        if (course.IsContradictory)
        {
            yield return new Refusal(DecisionReason.ConflictingDoses);
            yield break;
        }
        var missing = course.Missing;
        // Where numbers contradict each other they leave no room, nor does a booster that nothing precedes.
        var elsewhere = course.BeginsWithBooster || course.Contradiction is not null
            ? 0
            : CountDoses.MostElsewhere(policy.Attestation);
        if (missing.Count > elsewhere)
        {
            foreach (var number in missing)
            {
                yield return new Refusal(DecisionReason.MissingDose, number);
            }
        }
        if (course.Last.Number < PrimaryDoses(course, policy) && policy.RequireCompleteCourse)
        {
            if (course.LeavesOutClose)
            {
                yield return new Refusal(DecisionReason.CloseDoses);
            }
            yield return new Refusal(DecisionReason.IncompleteCourse);
        }
    }

    /// <summary>
    /// How many doses the primary course has: while it is open, the longest of its products' courses.
    /// </summary>
    static int PrimaryDoses(CountedCourse course, CertificationPolicy policy)
    {
        var length = 0;
        var before = 0;
        foreach (var (dose, number) in course.Doses)
        {
            if (length > 0 && number > length)
            {
                break;
            }
            var doseBeforeIsAbsent = number > before + 1;
            if (doseBeforeIsAbsent && dose.AddsToCompleteCourse)
            {
                // Whoever gave a booster saw the complete course that is not here.
                return number - 1;
            }
            var needed = policy.FindProduct(dose.Product)!.PrimaryDoses;
            // A one-dose product given second, after a dose that is not here, is the second of two.
            length = Math.Max(length, doseBeforeIsAbsent ? Math.Max(needed, 2) : needed);
            before = number;
        }
        return length;
    }

    static IEnumerable<Refusal> OneIf(bool holds, DecisionReason reason) => holds ? [new Refusal(reason)] : [];
}
