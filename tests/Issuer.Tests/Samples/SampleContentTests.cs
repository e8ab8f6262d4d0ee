using System.Globalization;
using System.Text;
using Issuer.Samples;

namespace Issuer.Tests.Samples;

public sealed class SampleContentTests(SampleFixture sample) : IClassFixture<SampleFixture>
{
    const string MarkedLetters = "àảãáạăằẳẵắặâầẩẫấậèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵđ";

    static readonly Dictionary<string, string> TradeNames = new()
    {
        ["AstraZeneca"] = "EU/1/21/1529",
        ["Pfizer"] = "EU/1/20/1528",
        ["Moderna"] = "EU/1/20/1507",
        ["Janssen"] = "EU/1/20/1525",
        ["Vero Cell"] = "BBIBP-CorV",
        ["Hayat-Vax"] = "Hayat-Vax",
        ["Sputnik V"] = "Sputnik-V",
        ["Abdala"] = "Abdala",
    };

    [Fact]
    public void All_34_provinces_have_facilities_that_entered_records()
    {
        Assert.Equal(34, sample.Facilities.Select(row => row["province"]).Distinct().Count());
        Assert.Equal(34, sample.Records.Select(row => row["facility"][..2]).Distinct().Count());
        Assert.Equal(34 + SampleFixture.People / 300, sample.Facilities.Count);
        var codes = sample.Facilities.Select(row => row["code"]);
        Assert.Empty(sample.Records.Select(row => row["facility"]).Except(codes));
    }

    [Fact]
    public void All_eight_products_are_given_under_code_and_trade_name()
    {
        var given = sample.Records.Select(row => row["product"]).ToHashSet();
        Assert.Empty(TradeNames.Keys.Concat(TradeNames.Values).Except(given));
    }

    [Fact]
    public void People_have_one_to_four_doses_some_of_them_mixed()
    {
        var courses = sample.Records.GroupBy(row => row["reference"][..8]).ToList();
        var numbers = sample.Records.Select(row => row["dose_number"]).Distinct().Order();
        Assert.Equal(["", "1", "2", "3", "4"], numbers);
        Assert.Equal(SampleFixture.People, courses.Count);
        Assert.Contains(courses, course => course.Where(row => row["dose_kind"] == "primary")
            .Select(row => row["lot"][..2]).Distinct().Count() > 1);
        Assert.Equal(["", "additional", "booster", "primary"],
            sample.Records.Select(row => row["dose_kind"]).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_reference_is_unique() =>
        Assert.Equal(sample.Records.Count, sample.Records.Select(row => row["reference"]).Distinct().Count());

    [Fact]
    public void A_personal_number_fits_sex_and_birth_date_and_is_unique()
    {
        var numbers = sample.Population.Select(row => row["identity_number"]).ToHashSet();
        Assert.Equal(sample.Population.Count, numbers.Count);
        Assert.All(sample.Population, row =>
        {
            var (number, year) = (row["identity_number"], row["date_of_birth"][..4]);
            Assert.Equal(12, number.Length);
            Assert.Equal((year[0] == '1' ? 0 : 2) + (row["sex"] == "M" ? 0 : 1), number[3] - '0');
            Assert.Equal(year[2..], number[4..6]);
        });
    }

    [Fact]
    public void Every_lot_that_was_used_had_been_delivered_in_that_quantity_and_not_expired()
    {
        var delivered = sample.Lots.ToDictionary(row => (row["product"], row["lot"], row["facility"]));
        foreach (var use in sample.Records.Where(row => row["product"] != "Nanocovax").GroupBy(
            row => (TradeNames.GetValueOrDefault(row["product"], row["product"]), row["lot"], row["facility"])))
        {
            var lot = delivered[use.Key];
            Assert.InRange(use.Count(), 1, int.Parse(lot["doses"], CultureInfo.InvariantCulture));
            Assert.All(use.Where(row => row["vaccinated_on"].Contains('-', StringComparison.Ordinal)
                    && string.CompareOrdinal(row["vaccinated_on"], "2026-03-31") <= 0),
                row => Assert.True(string.CompareOrdinal(row["vaccinated_on"], lot["expires_on"]) <= 0));
        }
    }

    [Fact]
    public void Every_Vietnamese_letter_with_a_mark_occurs()
    {
        var letters = sample.Population.SelectMany(row => row["family_name"] + row["given_name"]).ToHashSet();
        Assert.Equal(67, MarkedLetters.Distinct().Count());
        Assert.Empty(MarkedLetters.Except(letters));
        Assert.Contains('Đ', letters);
    }

    [Fact]
    public void The_registry_is_in_NFC_and_the_records_in_NFC_and_NFD()
    {
        Assert.All(sample.Population, row => Assert.True(row["given_name"].IsNormalized()));
        Assert.Contains(sample.Records, row => !row["given_name"].IsNormalized());
        Assert.Contains(sample.Records, row => !row["given_name"].IsNormalized(NormalizationForm.FormD));
        Assert.DoesNotContain(sample.Records, row => !row["given_name"].IsNormalized()
            && !row["given_name"].IsNormalized(NormalizationForm.FormD));
    }

    [Fact]
    public void Rare_names_papers_and_dates_occur()
    {
        Assert.Contains(sample.Population, row => row["given_name"] == "");
        Assert.Contains(sample.Population, row => row["family_name"] == "Y");
        Assert.Contains(sample.Population, row => row["family_name"].StartsWith("H'", StringComparison.Ordinal));
        Assert.Contains(sample.Population, row => row["date_of_birth"].Length == 4);
        Assert.Contains(sample.Records, row => row["date_of_birth"].Length == 4);
        Assert.Contains(sample.Records, row => row["identity_type"] == "CMND" && row["identity_number"].Length == 9);
        Assert.Contains(sample.Records, row => row["nationality"] == "KOR");
        Assert.Contains(sample.Facilities, row => row["name"].Contains(',', StringComparison.Ordinal));
    }

    [Fact]
    public void Children_got_two_products_from_the_day_on_which_their_age_group_began()
    {
        var asOf = new DateOnly(2022, 6, 30);
        var people = new SamplePeople(4000, 3, asOf).All().Where(person => person.Vaccinated).ToList();
        var children = 0;
        foreach (var person in people)
        {
            var born = person.Identity.BirthDate.Day;
            var doses = SampleCourse.Plan(
                new SampleRandom(3, SampleStream.Records, person.Index), asOf, born);
            Assert.NotEmpty(doses);
            Assert.All(doses, dose =>
            {
                if (dose.Day < born.AddYears(18))
                {
                    children++;
                    Assert.Contains(dose.Product.TradeName, (string[])["Pfizer", "Moderna"]);
                    Assert.True(
                        dose.Day >= (dose.Day < born.AddYears(12) ? new(2022, 4, 16) : new DateOnly(2021, 11, 1)));
                }
                Assert.InRange(dose.Day, asOf.AddMonths(-SampleCourse.Months), asOf);
            });
        }
        Assert.True(children > 400, $"{children} doses of children");
    }
}
