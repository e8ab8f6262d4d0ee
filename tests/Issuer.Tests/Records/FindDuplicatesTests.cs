using Issuer.Core.Records;

namespace Issuer.Tests.Records;

public sealed class FindDuplicatesTests
{
    static readonly DateOnly Day = new(2021, 9, 1);

    [Theory]
    [InlineData(2, false)]
    [InlineData(3, true)]
    [InlineData(7, true)]
    [InlineData(8, false)]
    public void Three_to_seven_days_apart_is_for_a_person_to_say(int days, bool expected)
    {
        var (one, other) = (new EnteredDose(1, "Abdala", Day, 1), new EnteredDose(2, "Abdala", Day.AddDays(days), 1));
        Assert.Equal(expected, FindDuplicates.IsNearMiss(one, other));
        Assert.Equal(expected, FindDuplicates.IsNearMiss(other, one));
    }

    [Fact]
    public void Another_product_or_number_or_none_is_no_near_miss()
    {
        var one = new EnteredDose(1, "Abdala", Day, 1);
        var later = new EnteredDose(2, "Abdala", Day.AddDays(4), 1);
        Assert.False(FindDuplicates.IsNearMiss(one, later with { Product = "Hayat-Vax" }));
        Assert.False(FindDuplicates.IsNearMiss(one, later with { Number = 2 }));
        Assert.False(FindDuplicates.IsNearMiss(one with { Number = null }, later with { Number = null }));
    }

    [Fact]
    public void What_a_person_marked_counts_as_a_duplicate_of_what_they_named()
    {
        EnteredDose[] doses = [new(1, "Abdala", Day, 1), new(2, "Abdala", Day.AddDays(4), 1)];
        Assert.Empty(FindDuplicates.Of(doses));
        Assert.Equal(1, FindDuplicates.Of(doses, new Dictionary<long, long> { [2] = 1 })[2]);
    }
}
