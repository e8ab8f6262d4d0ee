namespace Issuer.Samples;

/// <summary>A dose as it was given; kind is primary, additional or booster, as in records.csv.</summary>
sealed record SampleDose(int Number, string Kind, SampleProduct Product, DateOnly Day);

/// <summary>One person's doses: one to four, in a window that ends with the campaign.</summary>
static class SampleCourse
{
    public const int Months = 14;

    static readonly (int Doses, int Weight)[] Lengths = [(1, 10), (2, 42), (3, 41), (4, 7)];

    public static List<SampleDose> Plan(SampleRandom random, DateOnly asOf)
    {
        var window = asOf.DayNumber - asOf.AddMonths(-Months).DayNumber;
        var (planned, gaps) = PlanDoses(random);
        while (gaps.Sum() > window)
        {
            planned.RemoveAt(planned.Count - 1);
            gaps.RemoveAt(gaps.Count - 1);
        }
        var day = asOf.AddMonths(-Months).AddDays(random.Next(window - gaps.Sum() + 1));
        return [.. planned.Select((dose, i) => dose with { Day = day = day.AddDays(gaps[i]) })];
    }

    static (List<SampleDose> Doses, List<int> Gaps) PlanDoses(SampleRandom random)
    {
        var first = SampleProducts.Pick(random);
        var count = random.PickWeighted(Lengths, length => length.Weight).Doses;
        var mixed = first.PrimaryDoses > 1 && random.Chance(0.12);
        var doses = new List<SampleDose>();
        var gaps = new List<int>();
        for (var number = 1; number <= count; number++)
        {
            var (kind, product, gap) = Next(random, first, number, mixed);
            doses.Add(new SampleDose(number, kind, product, default));
            gaps.Add(number == 1 ? 0 : gap);
        }
        return (doses, gaps);
    }

    static (string Kind, SampleProduct Product, int GapDays) Next(
        SampleRandom random, SampleProduct first, int number, bool mixed)
    {
        if (number <= first.PrimaryDoses)
        {
            var other = first == SampleProducts.Pfizer ? SampleProducts.Moderna : SampleProducts.Pfizer;
            var product = mixed && number > 1 ? other : first;
            var gap = first == SampleProducts.Abdala ? random.Between(14, 28) : random.Between(28, 63);
            return ("primary", product, gap);
        }
        var inactivated = first == SampleProducts.VeroCell || first == SampleProducts.HayatVax;
        return number == first.PrimaryDoses + 1 && inactivated && random.Chance(0.5)
            ? ("additional", random.Chance(0.3) ? first : SampleProducts.Pfizer, random.Between(28, 90))
            : ("booster", Booster(random), random.Between(95, 175));
    }

    static SampleProduct Booster(SampleRandom random) => random.Next(10) switch
    {
        < 6 => SampleProducts.Pfizer,
        < 8 => SampleProducts.Moderna,
        _ => SampleProducts.AstraZeneca,
    };
}
