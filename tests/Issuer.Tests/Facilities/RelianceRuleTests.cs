using Issuer.Core.Facilities;
using Issuer.Core.Records;

namespace Issuer.Tests.Facilities;

/// <summary>Which earlier doses a facility signs for with its own.</summary>
public class RelianceRuleTests
{
    /// <summary>
    /// Earlier doses in their order, each with its number (- for none) and whose it is: own, a signed or an unsigned one
    /// of others.
    /// </summary>
    [Theory]
    [InlineData(2, "1 own", "0")]
    [InlineData(2, "1 own, 1 own, - own", "0 1 2")]
    [InlineData(2, "1 signed", "0")]
    [InlineData(2, "1 unsigned", "0")]
    [InlineData(2, "- unsigned", "0")]
    // What the facility knows of leaves no room for what a stranger entered.
    [InlineData(2, "1 own, 1 unsigned", "0")]
    [InlineData(2, "1 unsigned, 1 own", "1")]
    [InlineData(2, "- own, 1 unsigned", "0")]
    [InlineData(2, "1 signed, - unsigned, 2 unsigned", "0")]
    [InlineData(1, "1 unsigned, - unsigned", "")]
    // One for each place, the one that was entered first.
    [InlineData(2, "1 unsigned, 1 unsigned", "0")]
    [InlineData(2, "- unsigned, 1 unsigned", "1")]
    [InlineData(3, "1 unsigned, 2 unsigned, - unsigned, 3 unsigned", "0 1")]
    [InlineData(3, "- unsigned, - unsigned, - unsigned", "0 1")]
    [InlineData(3, "1 own, - unsigned, 2 unsigned", "0 2")]
    // Nothing says how many there were.
    [InlineData(null, "1 own, 1 unsigned, - unsigned", "0 1 2")]
    [InlineData(3, "", "")]
    public void It_relies_on_its_own_and_on_what_is_signed_and_on_others_where_its_number_leaves_room(
        int? number, string earlier, string relied)
    {
        var dose = Given.Record() with { DoseNumber = number };
        var others = earlier.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select((text, n) => Earlier(n, text));

        Assert.Equal(
            relied.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(long.Parse),
            RelianceRule.Of(dose, [.. others]).Select(other => other.RecordId));
    }

    [Fact]
    public void Of_two_for_one_place_the_first_to_be_entered_counts_whatever_its_day()
    {
        var relied = RelianceRule.Of(
            Given.Record() with { DoseNumber = 2 }, [Earlier(9, "1 unsigned"), Earlier(4, "1 unsigned")]);

        Assert.Equal([4], relied.Select(other => other.RecordId));
        Assert.Equal(1, relied[0].Version);
        Assert.Equal([4], relied[0].Digest);
    }

    static EarlierDose Earlier(int id, string text)
    {
        var parts = text.Split(' ');
        return new EarlierDose(
            new StoredRecord(id, 1, Given.Record() with
            {
                DoseNumber = parts[0] == "-" ? null : int.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture),
                Facility = parts[1] == "own" ? Given.Facility : Given.OtherFacility,
            }),
            [(byte)id], parts[1] == "signed");
    }
}
