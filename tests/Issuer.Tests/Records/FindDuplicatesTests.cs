using FsCheck;
using FsCheck.Fluent;
using Issuer.Core.Records;

namespace Issuer.Tests.Records;

public class FindDuplicatesTests
{
    static readonly DateOnly Day = new(2021, 8, 30);

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    [InlineData(-2, false)]
    [InlineData(28, false)]
    public void One_product_on_one_day_is_one_dose_and_the_first_entered_stands(int daysApart, bool isDuplicate)
    {
        var duplicates = FindDuplicates.Of([new(9, "AZ", Day.AddDays(daysApart)), new(4, "AZ", Day)]);

        Assert.Equal(isDuplicate, duplicates.Count == 1 && duplicates[9] == 4);
    }

    [Fact]
    public void What_is_signed_for_stands_before_what_was_entered_first() => Assert.Equal(
        4, Assert.Single(FindDuplicates.Of([new(1, "AZ", Day), new(4, "AZ", Day, IsSigned: true)])).Value);

    [Fact]
    public void Another_product_on_the_same_day_is_another_dose() =>
        Assert.Empty(FindDuplicates.Of([new(1, "AZ", Day), new(2, "Pfizer", Day)]));

    [Fact]
    public void What_somebody_called_a_repetition_stands_for_nothing_itself() => Assert.Equal(
        (1, 9),
        Assert.Single(FindDuplicates.Of(
            [new(1, "AZ", Day), new(2, "AZ", Day), new(9, "Pfizer", Day)], new Dictionary<long, long> { [1] = 9 }))
            is var pair ? (pair.Key, pair.Value) : default);

    [Fact]
    public void Three_entries_of_one_dose_are_all_told_by_the_first()
    {
        var duplicates = FindDuplicates.Of([new(1, "AZ", Day), new(2, "AZ", Day), new(3, "AZ", Day)]);

        Assert.Equal([(2L, 1L), (3L, 1L)], duplicates.Select(pair => (pair.Key, pair.Value)).Order());
    }

    [Fact]
    public void A_duplicate_names_one_that_stands_whatever_the_order() => Prop.ForAll(
        (from days in Gen.ListOf(Gen.Choose(0, 40))
         from products in Gen.ListOf(Gen.Elements("AZ", "Pfizer"))
         select days.Zip(products, (d, p) => (d, p)).Select((x, i) => new EnteredDose(i, x.p, Day.AddDays(x.d)))
            .ToList()).ToArbitrary(),
        doses =>
        {
            var duplicates = FindDuplicates.Of(doses);
            return duplicates.All(pair => pair.Value < pair.Key && !duplicates.ContainsKey(pair.Value))
                && duplicates.OrderBy(p => p.Key).SequenceEqual(
                    FindDuplicates.Of(Enumerable.Reverse(doses)).OrderBy(p => p.Key));
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(7, true)]
    [InlineData(8, false)]
    public void One_to_seven_days_apart_is_for_a_person_to_say(int days, bool expected)
    {
        var (one, other) = (new EnteredDose(1, "Abdala", Day, 1), new EnteredDose(2, "Abdala", Day.AddDays(days), 1));
        Assert.Equal(expected, FindDuplicates.IsNearMiss(one, other));
        Assert.Equal(expected, FindDuplicates.IsNearMiss(other, one));
    }

    [Fact]
    public void Another_product_is_no_near_miss_and_the_number_does_not_matter()
    {
        var one = new EnteredDose(1, "Abdala", Day, 1);
        var later = new EnteredDose(2, "Abdala", Day.AddDays(4), 1);
        Assert.False(FindDuplicates.IsNearMiss(one, later with { Product = "Hayat-Vax" }));
        Assert.True(FindDuplicates.IsNearMiss(one, later with { Number = 2 }));
        Assert.True(FindDuplicates.IsNearMiss(one with { Number = null }, later with { Number = null }));
    }

    [Fact]
    public void What_a_person_marked_counts_as_a_duplicate_of_what_they_named()
    {
        EnteredDose[] doses = [new(1, "Abdala", Day, 1), new(2, "Abdala", Day.AddDays(4), 1)];
        Assert.Empty(FindDuplicates.Of(doses));
        Assert.Equal(1, FindDuplicates.Of(doses, new Dictionary<long, long> { [2] = 1 })[2]);
    }
}
