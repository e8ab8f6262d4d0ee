using System.Globalization;
using Issuer.Hcert;

namespace Issuer.Samples;

/// <summary>Writes records.csv: what the facilities entered about each person, right or wrong.</summary>
sealed class SampleRecords(string directory, int seed, DateOnly asOf, SampleFacilities facilities, SampleLots lots)
    : IDisposable
{
    readonly SampleCsv csv = new(directory, "records.csv",
        "reference", "facility", "family_name", "given_name", "sex", "date_of_birth", "identity_type",
        "identity_number", "nationality", "product", "lot", "dose_number", "dose_kind", "vaccinated_on", "corrects");

    public int Count => csv.Rows;

    /// <summary>Doses that a second facility entered once more.</summary>
    public int Duplicates { get; private set; }

    /// <summary>Rows that must be refused: a day to come, or a product that was never licensed.</summary>
    public int Refusable { get; private set; }

    public void Write(SamplePerson person)
    {
        var random = new SampleRandom(seed, SampleStream.Records, person.Index);
        var doses = SampleCourse.Plan(random, asOf, person.Identity.BirthDate.Day);
        var claimed = Claimed(person, random);
        // Facilities copied from each other: a fault is mostly in all records, and in one only of every fifth person.
        var onlyWrong = doses.Count > 1 && random.Chance(0.2) && person.Kind == SampleKind.Wrong
            ? random.Pick(doses)
            : null;
        var twice = random.Chance(0.02) ? random.Pick(doses) : null;
        var facility = facilities.Pick(random, person.Home);
        var entries = 0;
        foreach (var dose in doses)
        {
            var identity = onlyWrong is null || onlyWrong == dose ? claimed : person.Identity;
            WriteRow(random, Reference(person, ++entries), facility, identity, dose);
            if (dose == twice)
            {
                WriteRow(random, Reference(person, ++entries), Another(random, facility), identity, dose);
                Duplicates++;
            }
            facility = NextFacility(random, facility, person.Home);
        }
    }

    public void Dispose() => csv.Dispose();

    static SampleIdentity Claimed(SamplePerson person, SampleRandom random) => person.Kind switch
    {
        SampleKind.Wrong => SampleFaults.Spoil(person.Identity, random),
        SampleKind.MissingNumber => person.Identity with { Number = "", OldNumber = "" },
        SampleKind.MalformedNumber => person.Identity with
        {
            Number = SampleIdentityNumbers.Malform(person.Identity.Number, random),
            OldNumber = SampleIdentityNumbers.Malform(person.Identity.OldNumber, random),
        },
        _ => person.Identity,
    };

    void WriteRow(SampleRandom random, string reference, string facility, SampleIdentity identity, SampleDose dose)
    {
        var byOldNumber = identity.OldNumber != "" && random.Chance(0.35);
        var decomposed = random.Chance(0.1);
        var slashes = random.Chance(0.4);
        var product = random.Chance(0.5) ? dose.Product.Code : dose.Product.TradeName;
        var day = dose.Day;
        if (random.Chance(0.002))
        {
            (product, day) = random.Chance(0.5) ? ("Nanocovax", day) : (product, day.AddYears(77));
            Refusable++;
        }
        csv.Write(
            reference,
            facility,
            decomposed ? CanonicalText.ToNfd(identity.FamilyName) : identity.FamilyName,
            decomposed ? CanonicalText.ToNfd(identity.GivenName) : identity.GivenName,
            random.Chance(0.5) ? (identity.Male ? "M" : "F") : (identity.Male ? "Nam" : "Nữ"),
            identity.BirthDate.ToText(slashes),
            identity.Foreign ? "PASSPORT" : byOldNumber ? "CMND" : "CCCD",
            byOldNumber ? identity.OldNumber : identity.Number,
            identity.Nationality,
            product,
            lots.On(dose.Product, dose.Day).Number,
            random.Chance(0.06) ? "" : dose.Number.ToString(CultureInfo.InvariantCulture),
            random.Chance(0.15) ? "" : dose.Kind,
            SampleCsv.Date(day, slashes),
            "");
    }

    static string Reference(SamplePerson person, int entry) =>
        string.Create(CultureInfo.InvariantCulture, $"P{person.Index + 1:D7}-{entry}");

    string NextFacility(SampleRandom random, string last, SampleProvince home) => random.Next(20) switch
    {
        < 10 => last,
        < 17 => facilities.Pick(random, home),
        _ => facilities.PickAnywhere(random),
    };

    string Another(SampleRandom random, string facility)
    {
        while (true)
        {
            var other = facilities.PickAnywhere(random);
            if (other != facility)
            {
                return other;
            }
        }
    }
}
