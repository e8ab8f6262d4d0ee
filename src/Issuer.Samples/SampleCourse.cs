namespace Issuer.Samples;

/// <summary>A dose as it was given; kind is primary, additional or booster, as in records.csv.</summary>
sealed record SampleDose(int Number, string Kind, SampleProduct Product, DateOnly Day);

/// <summary>
/// One person's doses: one to four, in a window that ends with the campaign. Children got two doses of one of two
/// products, from the day on which their age group began.
/// </summary>
static class SampleCourse
{
    public const int Months = 14;

    static readonly (int Doses, int Weight)[] Lengths = [(1, 10), (2, 42), (3, 41), (4, 7)];

    /// <summary>From 12 to 17 years (CV 8688/BYT-DP of October 2021), begun in most places in November.</summary>
    public static readonly DateOnly From12 = new(2021, 11, 1);

    /// <summary>From 5 to 11 years (NQ 14/NQ-CP of 2022), begun in mid-April.</summary>
    public static readonly DateOnly From5 = new(2022, 4, 16);

    /// <param name="born">Old enough for a dose on the campaign's last day.</param>
    public static List<SampleDose> Plan(SampleRandom random, DateOnly asOf, DateOnly born)
    {
        var begin = Later(asOf.AddMonths(-Months), FirstDayFor(born));
        var window = asOf.DayNumber - begin.DayNumber;
        var isChild = born.AddYears(18) > begin;
        var (planned, gaps) = isChild ? PlanChild(random, born.AddYears(6) > begin) : PlanDoses(random);
        while (gaps.Sum() > window)
        {
            planned.RemoveAt(planned.Count - 1);
            gaps.RemoveAt(gaps.Count - 1);
        }
        var day = begin.AddDays(random.Next(window - gaps.Sum() + 1));
        return [.. planned.Select((dose, i) => dose with { Day = day = day.AddDays(gaps[i]) })];
    }

    /// <summary>The first on which somebody of this age may have had a dose.</summary>
    public static DateOnly FirstDayFor(DateOnly born)
    {
        var asChild = Later(born.AddYears(5), From5);
        var asYouth = Later(born.AddYears(12), From12);
        return new[] { born.AddYears(18), asYouth, asChild }.Min();
    }

    /// <param name="isFive">Moderna is for those of six and older.</param>
    static (List<SampleDose> Doses, List<int> Gaps) PlanChild(SampleRandom random, bool isFive)
    {
        var product = random.Chance(0.7) || isFive ? SampleProducts.Pfizer : SampleProducts.Moderna;
        var count = random.Chance(0.8) ? 2 : 1;
        return (
            [.. Enumerable.Range(1, count).Select(number => new SampleDose(number, "primary", product, default))],
            [.. Enumerable.Range(1, count).Select(number => number == 1 ? 0 : random.Between(28, 63))]);
    }

    static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;

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
