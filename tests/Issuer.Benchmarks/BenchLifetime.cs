using System.Diagnostics;
using Issuer.Samples;
using Issuer.Server.Features;
using Issuer.Server.Features.Certificates;
using Issuer.Server.Hosting;
using Issuer.Storage;

namespace Issuer.Benchmarks;

/// <summary>Years of a campaign on a simulated clock.</summary>
/// <param name="Midnights">Simulated; at each of them every person was looked at.</param>
/// <param name="WrongMidnights">
/// Midnights at which somebody lacked a current certificate, had another, or one too many.
/// </param>
/// <param name="LargestShare">Regenerated on one day, of the living certificates of that day.</param>
/// <param name="LargestShareAfterFirstYear">The same, after the first year.</param>
/// <param name="Violations">Invariants of the store that were broken at the end of a month or of it all.</param>
sealed record LifetimeFigures(
    int People, int Years, long Midnights, long WrongMidnights, double LargestShare,
    double LargestShareAfterFirstYear, double LargestIssuingShare, long Certificates, long Regenerated, long NewDoses,
    long Corrections, long Withdrawals, long Leaks, IReadOnlyDictionary<string, long> Violations, double Seconds);

/// <summary>
/// One three-week wave of issuing, then years of doses, corrections, withdrawals and leaks; every day one round of
/// issuing and of regeneration. What should be is remembered apart and compared at every midnight.
/// </summary>
sealed class BenchLifetime(IssuerServices issuer, SteppedClock clock, LifetimeChecks checks)
{
    const int WaveDays = 21;
    const int DaysAYear = 365;
    const int DaysBetweenInvariants = 30;

    /// <summary>One event of a kind a day for so many people.</summary>
    const int PeopleADose = 2_000;
    const int PeopleACorrection = 10_000;
    const int PeopleAWithdrawal = 20_000;
    const int PeopleALeak = 20_000;

    long wrong;
    long regenerated;
    double largest;
    double largestLater;
    double largestIssuing;

    public async Task<LifetimeFigures> RunAsync(
        int people, int years, int seed, Action<string> say, CancellationToken cancel)
    {
        var watch = Stopwatch.StartNew();
        var crowd = new LifetimePeople(issuer, new SampleRandom(seed, SampleStream.Lifetime, 0));
        var violations = new Dictionary<string, long>();
        var begin = clock.GetUtcNow();
        var days = (years * DaysAYear) + WaveDays;
        await BenchPeople.RegisterFacilityAsync(issuer, cancel);
        for (var day = 0; day < days; day++)
        {
            clock.Set(begin.AddDays(day).AddHours(8));
            if (day < WaveDays)
            {
                await crowd.AddAsync(EventsOn(day, people, WaveDays), cancel);
            }
            else
            {
                // Leaks are of certificates as they stood in the morning, before the day changes them.
                await crowd.LeakAsync(EventsOn(day, people, PeopleALeak), cancel);
                await crowd.WithdrawAsync(EventsOn(day, people, PeopleAWithdrawal), cancel);
                await crowd.VaccinateAsync(EventsOn(day, people, PeopleADose), cancel);
                await crowd.CorrectAsync(EventsOn(day, people, PeopleACorrection), cancel);
            }
            await RoundAsync(day, people, cancel);
            clock.Set(begin.AddDays(day + 1));
            await LookAsync(crowd, cancel);
            if (day % DaysBetweenInvariants == 0 || day == days - 1)
            {
                await AddAsync(violations, cancel);
                say($"day {day + 1} of {days}: {regenerated} regenerated, {wrong} wrong midnights, "
                    + $"largest share {largest:P2}, {watch.Elapsed.TotalSeconds:F0} s");
            }
        }
        return new LifetimeFigures(
            people, years, days, wrong, Math.Round(largest, 4), Math.Round(largestLater, 4),
            Math.Round(largestIssuing, 4), await issuer.Get<StoreCounts>().CertificatesAsync(cancel), regenerated,
            crowd.NewDoses, crowd.Corrections, crowd.Withdrawals, crowd.Leaks, violations,
            Math.Round(watch.Elapsed.TotalSeconds, 1));
    }

    async Task RoundAsync(int day, int people, CancellationToken cancel)
    {
        var issued = await issuer.Get<IssueRound>().RunAsync("bench", null, cancel);
        var round = await issuer.Get<RegenerateRound>().RunAsync("bench", null, cancel);
        RefusedException.ThrowIf(issued.Stopped ?? round.Stopped);
        regenerated += round.Regenerated;
        var living = await checks.LivingAsync(clock.GetUtcNow(), cancel);
        var share = (double)round.Regenerated / Math.Max(living, 1);
        largest = Math.Max(largest, share);
        if (day < WaveDays)
        {
            largestIssuing = Math.Max(largestIssuing, (double)issued.Issued / people);
        }
        if (day >= DaysAYear)
        {
            largestLater = Math.Max(largestLater, share);
        }
    }

    async Task LookAsync(LifetimePeople crowd, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var different = await checks.DifferencesAsync(crowd.Entitled, now, cancel)
            + await checks.OrphansAsync(now, cancel);
        wrong += different > 0 ? 1 : 0;
    }

    async Task AddAsync(Dictionary<string, long> violations, CancellationToken cancel)
    {
        foreach (var (name, rows) in await issuer.Get<Invariants>().ViolationsAsync(clock.GetUtcNow(), cancel))
        {
            violations[name] = Math.Max(rows, violations.GetValueOrDefault(name));
        }
    }

    /// <summary>
    /// So many people have one such event a day; the remainder comes on later days, for few people too.
    /// </summary>
    static int EventsOn(int day, int people, int peopleAnEvent) =>
        (int)((people * (day + 1L) / peopleAnEvent) - (people * (long)day / peopleAnEvent));
}
