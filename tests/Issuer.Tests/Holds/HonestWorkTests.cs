using Issuer.Core.Holds;
using static Issuer.Tests.Holds.Days;

namespace Issuer.Tests.Holds;

/// <summary>Honest surges pass, and ordinary work is hardly ever held.</summary>
public sealed class HonestWorkTests
{
    [Fact]
    public void A_new_site_passes()
    {
        var site = Station with { Kind = "mass-site" };
        for (var day = 0; day < 20; day++)
        {
            Assert.Empty(FindCauses.Of(site, [.. SiteDays(day, perClerk: 300)], Today, Policy));
        }

        static IEnumerable<FacilityDay> SiteDays(int since, long perClerk) =>
            from ago in Enumerable.Range(0, since + 1)
            from n in Enumerable.Range(1, 12)
            select Of(perClerk, ago, $"C{n}", $"S{1 + (n % 4)}", far: 0.8);
    }

    [Fact]
    public void A_mobile_team_passes()
    {
        // A station's own two people at a factory: everybody is from elsewhere.
        var past = from ago in Enumerable.Range(1, 40) select Of(40, ago, far: 0.1);
        Assert.Empty(Find([.. past, Of(350, far: 0.9)]));
        // A team of its own, from its first day on.
        Assert.Empty(FindCauses.Of(
            Station with { Kind = "mobile-team" }, [Of(600, far: 0.9)], Today, Policy));
    }

    [Fact]
    public void A_backlog_that_was_announced_passes_and_the_same_unannounced_at_night_does_not()
    {
        Assert.Empty(Find([.. Past(), Of(3000, night: 0.9, announced: 3000)]));
        Assert.Single(Find([.. Past(), Of(3000, late: 1, night: 0.9)]));
    }

    [Fact]
    public void A_citys_374137_doses_in_two_weeks_pass()
    {
        const int sites = 60;
        const long perSiteAndDay = 374_137 / (sites * 14);
        var before = from ago in Enumerable.Range(14, 40)
                     from n in Enumerable.Range(1, 4)
                     select Of(40, ago, $"C{n}", $"S{1 + ((n + ago) % 2)}", far: 0.45, late: 0.05);
        var surge = from ago in Enumerable.Range(0, 14)
                    from n in Enumerable.Range(1, 4)
                    select Of(perSiteAndDay / 4, ago, $"C{n}", $"S{1 + (n % 2)}", far: 0.6, late: 0.1);
        var all = before.Concat(surge).ToList();
        for (var day = 0; day < 14; day++)
        {
            var today = Today.AddDays(-day);
            Assert.Empty(FindCauses.Of(Station, [.. all.Where(d => d.Day <= today)], today, Policy));
        }
    }

    /// <summary>So many facilities, each with its own ways, over twelve weeks: more than 100,000 doses.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Of_ordinary_work_less_than_one_in_two_hundred_is_held(int seed)
    {
        var random = new Random(seed);
        long signed = 0, held = 0;
        for (var facility = 0; facility < 40; facility++)
        {
            var days = Ways(random).ToList();
            for (var ago = 55; ago >= 0; ago--)
            {
                var today = Today.AddDays(-ago);
                var seen = days.FindAll(
                    day => day.Day <= today && day.Day >= FindCauses.FirstDay(today, Policy));
                var found = FindCauses.Of(Station, seen, today, Policy);
                var now = days.FindAll(day => day.Day == today);
                signed += now.Sum(day => day.Tally.Doses);
                held += now.Where(day => found.Any(s => s.Clerk is null || s.Clerk == day.Clerk))
                    .Sum(day => day.Tally.Doses);
            }
        }
        Assert.InRange(signed, 100_000, long.MaxValue);
        Assert.True(held * 200 < signed, $"{held} of {signed}");
    }

    /// <summary>A facility's weeks: busy and quiet days, campaigns, and shares that are its own.</summary>
    static IEnumerable<FacilityDay> Ways(Random random)
    {
        var (clerks, signatories, usual) = (random.Next(1, 7), random.Next(1, 4), random.Next(10, 60));
        var (far, late, exempt, boosters) = (
            random.NextDouble() * 0.7, random.NextDouble() * 0.3, random.NextDouble() * 0.1,
            random.NextDouble() * 0.3);
        for (var ago = 84; ago >= 0; ago--)
        {
            var busy = random.Next(20) == 0 ? 5 : 0.3 + random.NextDouble();
            for (var clerk = 0; clerk < clerks; clerk++)
            {
                yield return Of(
                    (long)(usual * busy * random.NextDouble()), ago, $"C{clerk}", $"S{random.Next(signatories)}",
                    late: Around(late), far: Around(far), exempt: Around(exempt), boosters: Around(boosters),
                    night: random.Next(50) == 0 ? 0.5 : 0);
            }
        }

        double Around(double share) => Math.Min(1, share * (0.5 + random.NextDouble()));
    }
}
