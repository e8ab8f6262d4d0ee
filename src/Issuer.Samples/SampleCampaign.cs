using System.Globalization;

namespace Issuer.Samples;

/// <summary>What was planted, so that the outcome of a run can be held against it.</summary>
/// <param name="People">The vaccinated, of every kind.</param>
/// <param name="Kinds">How many people of each kind, bystanders too.</param>
/// <param name="Facilities">At least one in each of the 34 provinces.</param>
/// <param name="Lots">Rows of lots.csv.</param>
/// <param name="Records">Rows of records.csv.</param>
/// <param name="Duplicates">Records of a dose that another facility entered as well.</param>
/// <param name="Refusable">Records with a fault that no check may let pass.</param>
public sealed record SampleCounts(
    int People,
    IReadOnlyDictionary<SampleKind, int> Kinds,
    int Facilities,
    int Lots,
    int Records,
    int Duplicates,
    int Refusable);

/// <summary>
/// A made-up vaccination campaign with the faults of the real one in their real proportions. The same people, seed and
/// day give the same bytes; nothing is kept of a person once written.
/// </summary>
public static class SampleCampaign
{
    /// <summary>As many as the country has; numbers are sure to be unique up to there.</summary>
    public const int MostPeople = 100_000_000;

    /// <summary>The campaign ends here, so that the same people and seed give the same files on every day.</summary>
    static readonly DateOnly UsualEnd = new(2022, 6, 30);

    /// <summary>
    /// The usual end, or today where that is still to come (<c>--now</c>): no dose lies in the future.
    /// </summary>
    public static DateOnly EndFor(DateOnly today) => today < UsualEnd ? today : UsualEnd;

    /// <summary>Writes population.csv, facilities.csv, records.csv and lots.csv into the directory.</summary>
    /// <param name="directory">Made when it isn't there; files in it are overwritten.</param>
    /// <param name="people">How many are vaccinated.</param>
    /// <param name="seed">Any number.</param>
    /// <param name="asOf">The campaign's last day: no dose is later, none earlier than 14 months before.</param>
    public static SampleCounts Write(string directory, int people, int seed, DateOnly asOf)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(people);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(people, MostPeople);
        Directory.CreateDirectory(directory);

        var facilities = new SampleFacilities(people, seed);
        var lots = new SampleLots(seed, asOf);
        var facilityRows = WriteFacilities(directory, facilities);
        var lotRows = WriteLots(directory, facilities, lots, new SampleRandom(seed, SampleStream.Deliveries, 0));

        using var population = new SampleCsv(directory, "population.csv", "identity_number", "old_identity_number",
            "family_name", "given_name", "sex", "date_of_birth", "commune");
        using var records = new SampleRecords(directory, seed, asOf, facilities, lots);
        var kinds = Enum.GetValues<SampleKind>().ToDictionary(kind => kind, _ => 0);
        foreach (var person in new SamplePeople(people, seed, asOf).All())
        {
            kinds[person.Kind]++;
            if (person.InRegistry)
            {
                WritePerson(population, person);
            }
            if (person.Vaccinated)
            {
                records.Write(person);
            }
        }
        return new SampleCounts(people, kinds, facilityRows, lotRows, records.Count, records.Duplicates,
            records.Refusable);
    }

    static void WritePerson(SampleCsv population, SamplePerson person)
    {
        var identity = person.Identity;
        population.Write(identity.Number, identity.OldNumber, identity.FamilyName, identity.GivenName,
            identity.Male ? "M" : "F", identity.BirthDate.ToText(slashes: false), person.Commune);
    }

    static int WriteFacilities(string directory, SampleFacilities facilities)
    {
        using var csv = new SampleCsv(directory, "facilities.csv", "code", "name", "kind", "province", "commune");
        foreach (var facility in facilities.All())
        {
            csv.Write(facility.Code, facility.Name, facility.Kind, facility.Province, facility.Commune);
        }
        return csv.Rows;
    }

    static int WriteLots(string directory, SampleFacilities facilities, SampleLots lots, SampleRandom random)
    {
        using var csv = new SampleCsv(directory, "lots.csv", "product", "lot", "expires_on", "facility", "doses");
        foreach (var facility in facilities.All())
        {
            foreach (var (product, lot) in lots.All())
            {
                // More than any facility uses: about 300 people live around one, whatever the campaign's size.
                var doses = 50 * random.Between(6, 16);
                csv.Write(product.Code, lot.Number, SampleCsv.Date(lot.ExpiresOn), facility.Code,
                    doses.ToString(CultureInfo.InvariantCulture));
            }
        }
        return csv.Rows;
    }
}
