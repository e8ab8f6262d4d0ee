using FsCheck;
using FsCheck.Fluent;
using Issuer.Core.Records;

namespace Issuer.Tests.Records;

public class FindDuplicatesTests
{
    static readonly DateOnly Day = new(2021, 8, 30);

    [Theory]
    [InlineData(0, true)]
    [InlineData(2, true)]
    [InlineData(-2, true)]
    [InlineData(3, false)]
    [InlineData(28, false)]
    public void One_product_within_two_days_is_one_dose_and_the_first_entered_stands(int daysApart, bool isDuplicate)
    {
        var duplicates = FindDuplicates.Of([new(9, "AZ", Day.AddDays(daysApart)), new(4, "AZ", Day)]);

        Assert.Equal(isDuplicate, duplicates.Count == 1 && duplicates[9] == 4);
    }

    [Fact]
    public void Another_product_on_the_same_day_is_another_dose() =>
        Assert.Empty(FindDuplicates.Of([new(1, "AZ", Day), new(2, "Pfizer", Day)]));

    [Fact]
    public void Three_entries_of_one_dose_are_all_told_by_the_first()
    {
        var duplicates = FindDuplicates.Of([new(1, "AZ", Day), new(2, "AZ", Day.AddDays(1)), new(3, "AZ", Day)]);

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
}
