namespace Issuer.Core.Records;

/// <summary>A dose of a known person, as far as telling duplicates needs it.</summary>
/// <param name="Number">As the clerk typed it; null when not given.</param>
public sealed record EnteredDose(long RecordId, string Product, DateOnly VaccinatedOn, int? Number = null);

/// <summary>
/// The same dose entered twice, by two facilities or by one under two references. The first entered stands.
/// </summary>
public static class FindDuplicates
{
    /// <summary>
    /// Two entries of one product this close are one dose: no licensed product is given again within two weeks, and
    /// clerks who enter paper slips later are a day or two off.
    /// </summary>
    const int DaysApart = 2;

    /// <summary>Up to here, two entries of one product under one dose number are for a person to look at.</summary>
    const int DaysOfNearMiss = 7;

    /// <param name="marked">What people said: the record on the left repeats the one on the right.</param>
    /// <returns>For every dose that is a duplicate, the record it duplicates.</returns>
    public static IReadOnlyDictionary<long, long> Of(
        IEnumerable<EnteredDose> dosesOfOnePerson, IReadOnlyDictionary<long, long>? marked = null)
    {
        var originals = new List<EnteredDose>();
        var duplicates = new Dictionary<long, long>();
        foreach (var dose in dosesOfOnePerson.OrderBy(d => d.RecordId))
        {
            if (marked is not null && marked.TryGetValue(dose.RecordId, out var said))
            {
                duplicates.Add(dose.RecordId, said);
                continue;
            }
            var original = originals.Find(o => o.Product == dose.Product && DaysBetween(o, dose) <= DaysApart);
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

    public static bool IsNearMiss(EnteredDose one, EnteredDose other) =>
        one.Product == other.Product && one.Number is not null && one.Number == other.Number
        && DaysBetween(one, other) is > DaysApart and <= DaysOfNearMiss;

    static int DaysBetween(EnteredDose one, EnteredDose other) =>
        Math.Abs(one.VaccinatedOn.DayNumber - other.VaccinatedOn.DayNumber);
}
