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
        if (all.Exists(d => policy.FindProduct(d.Product) is null))
        {
            refusals.Add(new Refusal(DecisionReason.ProductNotCertified));
        }
        if (Attested(all, policy.Attestation) is not { Count: > 0 } attested)
        {
            refusals.Add(new Refusal(DecisionReason.NotAttested));
            attested = all;
        }
        if (Number(attested) is not { } numbers)
        {
            refusals.Add(new Refusal(DecisionReason.ConflictingDoses));
        }
        else if (refusals.Count == 0)
        {
            return Certify(attested, numbers, policy);
        }
        return Decision.Refused(refusals);
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
    /// next. Null when the typed numbers contradict the dates. A booster may be counted from one again.
    /// </summary>
    static List<int>? Number(List<Dose> doses)
    {
        var numbers = new List<int>();
        foreach (var dose in doses)
        {
            var next = numbers.LastOrDefault() + 1;
            var countsOn = dose.Kind is null or DoseKind.Primary;
            if ((dose.Number < next && countsOn)
                || doses.Exists(o => o.VaccinatedOn == dose.VaccinatedOn && o.Product != dose.Product))
            {
                return null;
            }
            numbers.Add(Math.Max(next, dose.Number ?? next));
        }
        return numbers;
    }

    static Decision Certify(List<Dose> doses, List<int> numbers, CertificationPolicy policy)
    {
        var missing = Enumerable.Range(1, numbers[^1]).Except(numbers).ToList();
        if (missing.Count > 0 && policy.Attestation != AttestationPolicy.LastDose)
        {
            return Decision.Refused(missing.Select(n => new Refusal(DecisionReason.MissingDose, n)));
        }
        var last = doses[^1];
        var number = numbers[^1];
        var primary = PrimaryDoses(doses, numbers, policy);
        if (number < primary && policy.RequireCompleteCourse)
        {
            return Decision.Refused(new Refusal(DecisionReason.IncompleteCourse));
        }
        // EU coding since 2022: a booster is n/n, except that after a one-dose course it stays n/1.
        var series = number <= primary ? primary : primary == 1 ? 1 : number;
        return new Decision(new Entitlement(last, policy.FindProduct(last.Product)!, number, series), []);
    }

    /// <summary>How many doses the primary course has: while it is open, the longest of its products' courses.</summary>
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
