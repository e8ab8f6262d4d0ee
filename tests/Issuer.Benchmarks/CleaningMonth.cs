using Issuer.Samples;

namespace Issuer.Benchmarks;

/// <summary>Who can put a record right.</summary>
enum CleaningWay
{
    /// <summary>The clerk accepts what is suggested.</summary>
    OneAct,

    /// <summary>The clerk looks at the paper and types.</summary>
    ByHand,

    /// <summary>The number is missing or unknown: only the commune police can tell.</summary>
    Police,
}

/// <param name="KnownAt">When the mismatch is there, in working hours from the start of the month.</param>
sealed record CleaningItem(string Facility, CleaningWay Way, double KnownAt);

/// <summary>
/// The people of the simulated month, in working hours: a day has nine (8 to 17), a week six days (Monday to Saturday);
/// outside them nothing happens. One clerk a facility. Seeded: the same month again gives the same figures.
/// </summary>
sealed class CleaningMonth(int seed)
{
    public const int HoursADay = 9;
    public const int DaysAWeek = 6;
    public const int WorkingDays = 26;
    public const double OneActsAnHour = 200;
    public const double ByHandAnHour = 20;
    public const double Forgotten = 0.05;
    public const int RemindedAfterDays = 2;
    public const double RegistryAwayHours = 2;

    const int HoursAWeek = HoursADay * DaysAWeek;

    /// <summary>A lognormal delay with median 1 has its 90th percentile at 2 for this sigma (ln 2 / 1.2816).</summary>
    const double Sigma = 0.5409;

    /// <summary>Working days from mismatch to match, one for each item.</summary>
    public IReadOnlyList<double> Run(IEnumerable<CleaningItem> items) =>
    [
        .. items.GroupBy(item => item.Facility)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .SelectMany((group, index) => Facility([.. group.OrderBy(i => i.KnownAt)], index)),
    ];

    List<double> Facility(List<CleaningItem> items, int index)
    {
        var random = new SampleRandom(seed, SampleStream.Cleaning, index);
        var days = new List<double>(items.Count);
        var waiting = new List<CleaningItem>();
        var next = 0;
        for (var day = 0; next < items.Count || waiting.Count > 0; day++)
        {
            // The worklist is opened once a day, in the morning.
            double now = day * HoursADay;
            var fresh = items.Skip(next).TakeWhile(i => AfterRegistryReturns(i.KnownAt) <= now).ToList();
            next += fresh.Count;
            var toPolice = fresh.Where(i => i.Way == CleaningWay.Police).ToList();
            if (toPolice.Count > 0)
            {
                var answered = now + PoliceHours(random);
                days.AddRange(toPolice.Select(i => DaysOf(i, answered)));
            }
            waiting.AddRange(fresh.Where(i => i.Way != CleaningWay.Police));
            // What takes seconds comes first.
            waiting = [.. waiting.OrderBy(i => i.Way).ThenBy(i => i.KnownAt)];
            var done = 0;
            while (done < waiting.Count && now < (day + 1) * HoursADay)
            {
                now += 1 / (waiting[done].Way == CleaningWay.OneAct ? OneActsAnHour : ByHandAnHour);
                days.Add(DaysOf(waiting[done++], now));
            }
            waiting.RemoveRange(0, done);
        }
        return days;
    }

    double DaysOf(CleaningItem item, double settledAt) =>
        (AfterRegistryReturns(settledAt) - item.KnownAt) / HoursADay;

    /// <summary>Matching waits while the registry is away: once a week, at an hour of that week's own.</summary>
    double AfterRegistryReturns(double at)
    {
        var week = (int)(at / HoursAWeek);
        var away = week * HoursAWeek
            + new SampleRandom(seed, SampleStream.Registry, week).Next(HoursAWeek - (int)RegistryAwayHours + 1);
        return at >= away && at < away + RegistryAwayHours ? away + RegistryAwayHours : at;
    }

    static double PoliceHours(SampleRandom random)
    {
        var reminder = random.Chance(Forgotten) ? RemindedAfterDays : 0;
        return HoursADay * (reminder + Math.Exp(Sigma * Normal(random)));
    }

    static double Normal(SampleRandom random) =>
        Math.Sqrt(-2 * Math.Log(Uniform(random))) * Math.Cos(2 * Math.PI * Uniform(random));

    /// <summary>Between 0 and 1, neither of them.</summary>
    static double Uniform(SampleRandom random) => (random.Next(1 << 30) + 0.5) / (1 << 30);
}
