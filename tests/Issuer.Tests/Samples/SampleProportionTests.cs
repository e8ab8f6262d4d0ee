using System.Globalization;
using System.Text.RegularExpressions;

namespace Issuer.Tests.Samples;

/// <summary>Compares what was entered with the registry, as the police did, and counts people by outcome.</summary>
public sealed class SampleProportionTests(SampleFixture sample) : IClassFixture<SampleFixture>
{
    static readonly Regex WellFormed = new("^([0-9]{9}|[0-9]{12})$");

    /// <summary>A person's worst record decides; a slipped number is known by the rest of the row.</summary>
    Dictionary<string, int> PeopleByOutcome()
    {
        var known = sample.Population.Select(Person).ToHashSet();
        return sample.Records.GroupBy(row => row["reference"][..8])
            .Select(person => person.Select(row => Outcome(row, known)).OrderBy(Severity).Last())
            .CountBy(outcome => outcome).ToDictionary();
    }

    static int Severity(string outcome) => outcome is "matched" or "exempt" ? 0 : 1;

    string Outcome(Dictionary<string, string> row, HashSet<string> known)
    {
        var number = row["identity_number"];
        if (row["identity_type"] == "PASSPORT")
        {
            return row["nationality"] == "VNM" ? "mismatched" : "exempt";
        }
        if (!WellFormed.IsMatch(number))
        {
            return number == "" ? "missing_id" : "bad_id_format";
        }
        if (sample.ByNumber.TryGetValue(number, out var citizen))
        {
            return Person(citizen) == Person(row) ? "matched" : "mismatched";
        }
        return known.Contains(Person(row)) ? "mismatched" : "not_found";
    }

    static string Person(Dictionary<string, string> row)
    {
        var name = $"{row["family_name"]} {row["given_name"]}".Trim().Normalize();
        var date = DateOnly.TryParseExact(
            row["date_of_birth"], "dd/MM/yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : row["date_of_birth"];
        return $"{name}|{row["sex"] is "M" or "Nam"}|{date}";
    }

    [Theory]
    [InlineData("matched", 66.5)]
    [InlineData("exempt", 0.5)]
    [InlineData("mismatched", 25)]
    [InlineData("missing_id", 2.5)]
    [InlineData("bad_id_format", 2.5)]
    [InlineData("not_found", 3)]
    public void People_have_the_real_campaign_s_outcomes(string outcome, double percent) =>
        Assert.Equal(percent, PeopleByOutcome()[outcome] * 100.0 / SampleFixture.People, tolerance: 0.05);

    [Fact]
    public void Every_twentieth_citizen_has_no_record()
    {
        var recorded = sample.Records.Select(Person).ToHashSet();
        var numbers = sample.Records.Select(row => row["identity_number"]).Where(number => number != "").ToHashSet();
        var without = sample.Population.Count(row => !recorded.Contains(Person(row))
            && !numbers.Contains(row["identity_number"])
            && !numbers.Contains(row["old_identity_number"]));
        Assert.Equal(SampleFixture.People / 20, without);
    }

    [Fact]
    public void Two_people_in_a_hundred_have_a_dose_entered_by_two_facilities()
    {
        var twice = sample.Records
            .GroupBy(row => (row["reference"][..8], row["lot"], Day(row["vaccinated_on"])))
            .Where(dose => dose.Count() > 1)
            .ToList();
        Assert.InRange(twice.Count * 100.0 / SampleFixture.People, 1.6, 2.4);
        Assert.All(twice, dose => Assert.Equal(2, dose.Select(row => row["facility"]).Distinct().Count()));
    }

    [Fact]
    public void One_record_in_five_hundred_must_be_refused()
    {
        var refusable = sample.Records.Count(row =>
            row["product"] == "Nanocovax" || Day(row["vaccinated_on"]) > SampleFixture.AsOf);
        Assert.InRange(refusable * 100.0 / sample.Records.Count, 0.13, 0.27);
    }

    static DateOnly Day(string text) => DateOnly.ParseExact(
        text, ["yyyy-MM-dd", "dd/MM/yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.None);
}
