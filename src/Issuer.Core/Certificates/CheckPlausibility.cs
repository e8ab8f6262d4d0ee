using Issuer.Core.Records;

namespace Issuer.Core.Certificates;

/// <summary>A dose that breaks a rule of plausibility.</summary>
/// <param name="Before">The dose that it follows too soon; null: the rule is not about two.</param>
sealed record ImplausibleDose(Dose Dose, DecisionReason Reason, PlausibilityRule Rule, Dose? Before = null)
{
    /// <summary>It is left out until somebody has answered.</summary>
    public bool Waits => Rule == PlausibilityRule.Ask;
}

/// <summary>
/// Ages, licences, intervals and numbers of doses, by the ministry's rules. A dose that its facility confirmed is
/// believed. Pure.
/// </summary>
static class CheckPlausibility
{
    /// <param name="doses">By day and record. One that is left out is not there for those after it.</param>
    /// <returns>For a dose the gravest finding, in the order of the doses.</returns>
    public static IReadOnlyList<ImplausibleDose> Of(IReadOnlyList<Dose> doses, PlausibilityPolicy policy)
    {
        var found = new List<ImplausibleDose>();
        var believed = new List<Dose>();
        foreach (var dose in doses)
        {
            var worst = dose.IsConfirmed ? null : Findings(dose, believed, policy).MaxBy(finding => finding.Rule);
            if (worst is not null)
            {
                found.Add(worst);
            }
            if (worst is not { Waits: true })
            {
                believed.Add(dose);
            }
        }
        return found;
    }

    /// <summary>Without those that wait for an answer.</summary>
    public static List<Dose> Believed(IReadOnlyList<Dose> doses, PlausibilityPolicy policy) =>
        [.. doses.Except(Of(doses, policy).Where(finding => finding.Waits).Select(finding => finding.Dose))];

    static IEnumerable<ImplausibleDose> Findings(Dose dose, List<Dose> before, PlausibilityPolicy policy)
    {
        if (dose.Born is { } born
            && policy.FindUnlicensed(dose.Product, dose.VaccinatedOn, born) is { } unlicensed)
        {
            yield return new ImplausibleDose(
                dose, unlicensed.IsTooYoung ? DecisionReason.TooYoung : DecisionReason.BeforeLicence, unlicensed.Rule);
        }
        // Two on one day, and two of one product within a week, are questions of their own.
        if (before.LastOrDefault() is { } last && last.VaccinatedOn < dose.VaccinatedOn
            && !before.Exists(other => CountDoses.AreClose(other, dose)))
        {
            var days = dose.VaccinatedOn.DayNumber - last.VaccinatedOn.DayNumber;
            foreach (var interval in policy.Intervals.Where(interval => days < interval.Days
                && (interval.Product is null || interval.Product == dose.Product)
                && (interval.Kind is null || interval.Kind == dose.Kind)))
            {
                yield return new ImplausibleDose(dose, DecisionReason.TooSoon, interval.Rule, last);
            }
        }
        foreach (var most in policy.Doses.Where(most =>
            before.Count(other => dose.VaccinatedOn.DayNumber - other.VaccinatedOn.DayNumber < most.Days)
                >= most.Doses))
        {
            yield return new ImplausibleDose(dose, DecisionReason.TooManyDoses, most.Rule);
        }
    }
}
