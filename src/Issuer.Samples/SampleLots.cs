using System.Globalization;

namespace Issuer.Samples;

/// <summary>A lot, by the number on its vials, and the last day it may be used.</summary>
sealed record SampleLot(string Number, DateOnly ExpiresOn);

/// <summary>Every product comes in four lots, one after the other, and every facility gets some of each.</summary>
sealed class SampleLots
{
    const int PerProduct = 4;

    readonly DateOnly start;
    readonly int daysPerLot;
    readonly Dictionary<SampleProduct, SampleLot[]> lots;

    public SampleLots(int seed, DateOnly asOf)
    {
        start = asOf.AddMonths(-SampleCourse.Months);
        daysPerLot = (asOf.DayNumber - start.DayNumber) / PerProduct + 1;
        lots = SampleProducts.All.ToDictionary(product => product, product => MakeLots(seed, product));
    }

    public IEnumerable<(SampleProduct Product, SampleLot Lot)> All() =>
        from product in SampleProducts.All
        from lot in lots[product]
        select (product, lot);

    /// <summary>The lot in use on that day, by all facilities.</summary>
    public SampleLot On(SampleProduct product, DateOnly day) =>
        lots[product][(day.DayNumber - start.DayNumber) / daysPerLot];

    SampleLot[] MakeLots(int seed, SampleProduct product)
    {
        var random = new SampleRandom(seed, SampleStream.Lots, Array.IndexOf(SampleProducts.All, product));
        return
        [
            .. from number in Enumerable.Range(1, PerProduct)
               let name = string.Create(
                   CultureInfo.InvariantCulture, $"{product.LotPrefix}{random.Next(1000):D3}{(char)('@' + number)}")
               select new SampleLot(name, start.AddDays(number * daysPerLot + random.Between(30, 150))),
        ];
    }
}
