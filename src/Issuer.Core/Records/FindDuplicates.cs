namespace Issuer.Core.Records;

/// <summary>A dose of a known person, as far as telling duplicates needs it.</summary>
public sealed record EnteredDose(long RecordId, string Product, DateOnly VaccinatedOn);

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

    /// <returns>For every dose that is a duplicate, the record it duplicates.</returns>
    public static IReadOnlyDictionary<long, long> Of(IEnumerable<EnteredDose> dosesOfOnePerson)
    {
        var originals = new List<EnteredDose>();
        var duplicates = new Dictionary<long, long>();
        foreach (var dose in dosesOfOnePerson.OrderBy(d => d.RecordId))
        {
            var original = originals.Find(o => o.Product == dose.Product
                && Math.Abs(o.VaccinatedOn.DayNumber - dose.VaccinatedOn.DayNumber) <= DaysApart);
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
}
