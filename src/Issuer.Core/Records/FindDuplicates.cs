namespace Issuer.Core.Records;

/// <summary>A dose of a known person, as far as telling duplicates needs it.</summary>
/// <param name="Number">As the clerk typed it; null when not given.</param>
/// <param name="IsSigned">A signed statement speaks of it or names it.</param>
public sealed record EnteredDose(
    long RecordId, string Product, DateOnly VaccinatedOn, int? Number = null, bool IsSigned = false);

/// <summary>
/// The same dose entered twice, by two facilities or by one under two references: the same product on the same day.
/// Of those that are signed for the first entered stands, then of the others.
/// </summary>
public static class FindDuplicates
{
    /// <summary>
    /// Up to here two entries of one product are for a person to look at: none is given again within a week, and clerks
    /// who enter paper slips later are a few days off.
    /// </summary>
    public const int DaysOfNearMiss = 7;

    /// <param name="marked">What people said: the record on the left repeats the one on the right.</param>
    /// <returns>For every dose that is a duplicate, the record it duplicates.</returns>
    public static IReadOnlyDictionary<long, long> Of(
        IEnumerable<EnteredDose> dosesOfOnePerson, IReadOnlyDictionary<long, long>? marked = null)
    {
        var originals = new List<EnteredDose>();
        var duplicates = new Dictionary<long, long>();
        foreach (var dose in dosesOfOnePerson.OrderByDescending(d => d.IsSigned).ThenBy(d => d.RecordId))
        {
            if (marked is not null && marked.TryGetValue(dose.RecordId, out var said))
            {
                duplicates.Add(dose.RecordId, said);
                continue;
            }
            var original = originals.Find(
                o => o.Product == dose.Product && o.VaccinatedOn == dose.VaccinatedOn);
            if (original is null)
            {
                originals.Add(dose);
            }
            else
            {
                duplicates.Add(dose.RecordId, original.RecordId);
            }
        }
        return duplicates;
    }

    /// <summary>On different days, but too close for both to be true.</summary>
    public static bool IsNearMiss(EnteredDose one, EnteredDose other) =>
        one.Product == other.Product && one.VaccinatedOn != other.VaccinatedOn
        && AreTooClose(one.VaccinatedOn, other.VaccinatedOn);

    /// <summary>No product is given on both.</summary>
    public static bool AreTooClose(DateOnly one, DateOnly other) =>
        Math.Abs(one.DayNumber - other.DayNumber) <= DaysOfNearMiss;
}
