using Issuer.Core.Records;

namespace Issuer.Core.Certificates;

/// <summary>A dose and its place in the course.</summary>
sealed record CountedDose(Dose Dose, int Number);

/// <summary>Doses in their order, each with its place, and what is wrong with them.</summary>
/// <param name="Contradiction">
/// Place at which the first contradiction begins, in this part of the course or after it; null: there is none.
/// </param>
/// <param name="LeavesOutClose">A dose too close to another of its product is counted once, and asked about.</param>
sealed record CountedCourse(IReadOnlyList<CountedDose> Doses, int? Contradiction, bool LeavesOutClose)
{
    public CountedDose Last => Doses[^1];

    public bool IsContradictory => Contradiction < Doses.Count;

    public bool BeginsWithBooster => Doses[0].Dose.AddsToCompleteCourse;

    /// <summary>Numbers below the last that no dose here has.</summary>
    public IReadOnlyList<int> Missing =>
        [.. Enumerable.Range(1, Last.Number).Except(Doses.Select(d => d.Number))];

    public CountedCourse First(int count) => this with { Doses = [.. Doses.Take(count)] };
}

/// <summary>
/// Each dose's place in the course: what the clerk typed where it leaves room for doses that are not here, else the
/// next. A booster may be counted from one again. Pure.
/// </summary>
static class CountDoses
{
    /// <summary>So many doses may have been given elsewhere, where the clerk's numbers leave room for them.</summary>
    public static int MostElsewhere(AttestationPolicy policy) => policy == AttestationPolicy.LastDose ? 1 : 0;

    /// <param name="doses">At least one, by day and record.</param>
    public static CountedCourse Of(IReadOnlyList<Dose> doses)
    {
        var counted = new List<CountedDose>();
        int? contradiction = null;
        var leavesOut = false;
        foreach (var dose in doses)
        {
            if (counted.Exists(c => AreClose(c.Dose, dose)))
            {
                leavesOut = true;
                continue;
            }
            var next = (counted.LastOrDefault()?.Number ?? 0) + 1;
            var sameDay = counted.FindIndex(c => AreOnOneDay(c.Dose, dose));
            if (sameDay >= 0)
            {
                contradiction ??= sameDay;
            }
            else if (FallsBehind(dose, next))
            {
                contradiction ??= counted.Count;
            }
            // A booster that nothing precedes is no first dose.
            var least = counted.Count == 0 && dose.AddsToCompleteCourse ? 2 : next;
            counted.Add(new CountedDose(dose, Math.Max(least, dose.Number ?? least)));
        }
        return new CountedCourse(counted, contradiction, leavesOut);
    }

    public static bool AreClose(Dose one, Dose other) =>
        one.Product == other.Product && FindDuplicates.AreTooClose(one.VaccinatedOn, other.VaccinatedOn);

    public static bool AreOnOneDay(Dose one, Dose other) =>
        one.Product != other.Product && one.VaccinatedOn == other.VaccinatedOn;

    /// <summary>The number typed is one that an earlier dose has or had.</summary>
    /// <param name="next">The lowest that is free.</param>
    public static bool FallsBehind(Dose dose, int next) => dose.Number < next && !dose.AddsToCompleteCourse;
}
