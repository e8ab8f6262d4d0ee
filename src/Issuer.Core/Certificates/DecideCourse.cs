using Issuer.Core.Records;

namespace Issuer.Core.Certificates;

/// <summary>
/// Step 5: may this person's doses be certified, and as which dose of how many (design.md section 5)? Pure; the tests
/// follow the table row by row.
/// </summary>
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
        var refusals = new List<Refusal>();
        if (all.Exists(d => d.IsHeld))
        {
            refusals.Add(new Refusal(DecisionReason.Held));
        }
        var attested = Attested(all, policy.Attestation);
        if (attested.Count == 0)
        {
            refusals.Add(new Refusal(DecisionReason.NotAttested));
            attested = all;
        }
        if (all.Exists(d => policy.FindProduct(d.Product) is null))
        {
            refusals.Add(new Refusal(DecisionReason.ProductNotCertified));
            return Decision.Refused(refusals);
        }
        if (Number(attested, all) is not { } numbers)
        {
            refusals.Add(new Refusal(DecisionReason.ConflictingDoses));
            return Decision.Refused(refusals);
        }
        var primary = PrimaryDoses(attested, numbers, policy);
        var gaps = Gaps(numbers, primary, policy).ToList();
        refusals.AddRange(gaps);
        if (gaps.Count > 0 && attested.Count < all.Count)
        {
            // The doses signed for are not enough, and there are others that wait for their signature.
            refusals.Add(new Refusal(DecisionReason.NotAttested));
        }
        return refusals.Count > 0
            ? Decision.Refused(refusals)
            : Certify(attested[^1], numbers[^1], primary, policy);
    }

    /// <summary>
    /// The doses that a signature stands behind: under <c>last-dose</c> all up to the last signed one, since its
    /// facility signs for the series; a newer dose waits without taking the older course away.
    /// </summary>
    static List<Dose> Attested(List<Dose> doses, AttestationPolicy policy) => policy switch
    {
        AttestationPolicy.EveryDose => [.. doses.TakeWhile(d => d.IsAttested)],
        _ => doses[..(doses.FindLastIndex(d => d.IsAttested) + 1)],
    };

    /// <summary>
    /// Each dose's place in the course: what the clerk typed where it leaves room for doses that are not here, else the
    /// next. Null when the typed numbers contradict the dates, or when another product was given on the same day,
    /// signed for or not. A booster may be counted from one again.
    /// </summary>
    static List<int>? Number(List<Dose> doses, List<Dose> all)
    {
        var numbers = new List<int>();
        foreach (var dose in doses)
        {
            var next = numbers.LastOrDefault() + 1;
            var countsOn = dose.Kind is null or DoseKind.Primary;
            if ((dose.Number < next && countsOn)
                || all.Exists(o => o.VaccinatedOn == dose.VaccinatedOn && o.Product != dose.Product))
            {
                return null;
            }
            numbers.Add(Math.Max(next, dose.Number ?? next));
        }
        return numbers;
    }

    /// <summary>What the course lacks.</summary>
    static IEnumerable<Refusal> Gaps(List<int> numbers, int primary, CertificationPolicy policy)
    {
        if (policy.Attestation != AttestationPolicy.LastDose)
        {
            foreach (var missing in Enumerable.Range(1, numbers[^1]).Except(numbers))
            {
                yield return new Refusal(DecisionReason.MissingDose, missing);
            }
        }
        if (numbers[^1] < primary && policy.RequireCompleteCourse)
        {
            yield return new Refusal(DecisionReason.IncompleteCourse);
        }
    }

    static Decision Certify(Dose last, int number, int primary, CertificationPolicy policy)
    {
        // EU coding since 2022: a booster is n/n, except that after a one-dose course it stays n/1.
        var series = number <= primary ? primary : primary == 1 ? 1 : number;
        return new Decision(new Entitlement(last, policy.FindProduct(last.Product)!, number, series), []);
    }

    /// <summary>
    /// How many doses the primary course has: while it is open, the longest of its products' courses.
    /// </summary>
    static int PrimaryDoses(List<Dose> doses, List<int> numbers, CertificationPolicy policy)
    {
        var length = 0;
        var before = 0;
        foreach (var (dose, number) in doses.Zip(numbers))
        {
            if (length > 0 && number > length)
            {
                break;
            }
            var doseBeforeIsAbsent = number > before + 1;
            if (doseBeforeIsAbsent && (dose.Kind is DoseKind.Additional or DoseKind.Booster))
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
}
