using Issuer.Core.Identity;
using Issuer.Core.Records;
using Issuer.Samples;
using Issuer.Server.Edge.Verbs;
using Issuer.Server.Features;
using Issuer.Server.Features.Records;
using Issuer.Server.Hosting;
using Issuer.Server.Hosting.Stores;

namespace Issuer.Benchmarks;

/// <summary>How fast wrong records become right ones in a simulated month.</summary>
/// <param name="Records">Records that did not match.</param>
/// <param name="OneAct">Of these, what one act accepts.</param>
/// <param name="ByHand">Of these, what a clerk settles from the paper.</param>
/// <param name="Police">Of these, what only the police can tell.</param>
/// <param name="WithSuggestions">Share resolved within three working days.</param>
/// <param name="AtOnceWithSuggestions">The same when every mismatch is there on the first morning.</param>
/// <param name="MostPerClerkWithSuggestions">
/// The sample is light work; this is how many mismatches a month a clerk can have until less than 90 % are in time.
/// </param>
/// <param name="Assumptions">What the people do.</param>
sealed record CleaningFigures(
    int People, int Facilities, int Records, int OneAct, int ByHand, int Police, double WithSuggestions,
    double WithoutSuggestions, double P90DaysWithSuggestions, double P90DaysWithoutSuggestions,
    double AtOnceWithSuggestions, double AtOnceWithoutSuggestions, int MostPerClerkWithSuggestions,
    int MostPerClerkWithoutSuggestions, IReadOnlyList<string> Assumptions);

/// <summary>The sample's mismatches, really matched and really suggested for; only the people are simulated.</summary>
static class BenchCleaning
{
    const double Deadline = 3;
    const double Goal = 0.9;
    const int HeaviestLoad = 512;

    static readonly IReadOnlyList<string> Assumptions =
    [
        FormattableString.Invariant(
            $"{CleaningMonth.WorkingDays} working days, Monday to Saturday, 8 to 17; mismatches come evenly over them"),
        "one clerk a facility opens the worklist once a day, at 8",
        FormattableString.Invariant(
            $"a clerk accepts {CleaningMonth.OneActsAnHour} one-act items an hour, or settles ")
            + FormattableString.Invariant($"{CleaningMonth.ByHandAnHour} by hand"),
        "a missing or unknown number goes to the commune police, one batch a facility and day; all else the clerk "
            + "settles",
        "the police answer a batch after a lognormal delay, median 1 working day, 90th percentile 2",
        FormattableString.Invariant(
            $"they forget {CleaningMonth.Forgotten:P0} until reminded ")
            + FormattableString.Invariant($"after {CleaningMonth.RemindedAfterDays} working days"),
        FormattableString.Invariant($"the registry is away {CleaningMonth.RegistryAwayHours} hours a week"),
        "without suggestions every one-act item is settled by hand",
    ];

    public static async Task<CleaningFigures> RunAsync(
        IssuerServices issuer, int people, int seed, CancellationToken cancel)
    {
        await LoadAsync(issuer, people, seed, cancel);
        await issuer.Get<MatchRecords>().RunAsync(issuer.Get<NationalClock>().Act("bench"), null, cancel);
        var items = await ItemsAsync(issuer, seed, cancel);
        var byHand = items.ConvertAll(
            i => i.Way == CleaningWay.OneAct ? i with { Way = CleaningWay.ByHand } : i);
        var month = new CleaningMonth(seed);
        var (with, without) = (month.Run(items), month.Run(byHand));
        return new CleaningFigures(
            people, items.Select(i => i.Facility).Distinct().Count(), items.Count, Count(CleaningWay.OneAct),
            Count(CleaningWay.ByHand), Count(CleaningWay.Police), InTime(with), InTime(without), P90(with),
            P90(without),
            InTime(month.Run(AtOnce(items))), InTime(month.Run(AtOnce(byHand))), MostPerClerk(month, items),
            MostPerClerk(month, byHand), Assumptions);

        int Count(CleaningWay way) => items.Count(i => i.Way == way);
    }

    static async Task LoadAsync(IssuerServices issuer, int people, int seed, CancellationToken cancel)
    {
        var campaign =
            MadeUpCampaign.Ensure(issuer.Get<DataFolder>().Path, people, seed, issuer.Get<NationalClock>().Today);
        foreach (var kind in new[] { CsvKind.Facilities, CsvKind.Lots, CsvKind.Population, CsvKind.Records })
        {
            if (TableFile.Open(Path.Combine(campaign, $"{kind.Name}.csv"), [kind]).IsRefused(out var why, out var file))
            {
                throw new RefusedException(why);
            }
            await issuer.Get<ImportFile>().RunAsync(file, null, null, _ => { }, null, cancel);
        }
    }

    static async Task<List<CleaningItem>> ItemsAsync(IssuerServices issuer, int seed, CancellationToken cancel)
    {
        const int month = CleaningMonth.WorkingDays * CleaningMonth.HoursADay;
        var all = new WorklistQuery(WorklistScope.Everywhere, WorklistScope.Everywhere, null);
        var items = new List<CleaningItem>();
        long last = 0;
        while (await issuer.Get<IWorklistStore>().PageAsync(all, last, 1000, cancel) is { Count: > 0 } page)
        {
            last = page[^1].Record.Id;
            items.AddRange(page.Select(item => new CleaningItem(
                item.Record.Record.Facility, WayOf(item),
                new SampleRandom(seed, SampleStream.Arrivals, item.Record.Id).Next(month * 60) / 60.0)));
        }
        return items;
    }

    static CleaningWay WayOf(WorklistItem item) =>
        item.Suggestion?.Corrected is not null ? CleaningWay.OneAct
        : item.State is RecordState.MissingId or RecordState.NotFound ? CleaningWay.Police
        : CleaningWay.ByHand;

    /// <summary>Every record stands for more and more like it, until the goal is missed.</summary>
    static int MostPerClerk(CleaningMonth month, List<CleaningItem> items)
    {
        var (holds, fails) = (0, HeaviestLoad);
        while (fails - holds > 1)
        {
            var load = (holds + fails) / 2;
            var inTime = InTime(month.Run(items.SelectMany(item => Enumerable.Repeat(item, load))));
            (holds, fails) = inTime >= Goal ? (load, fails) : (holds, load);
        }
        return items.Count == 0 ? 0 : holds * items.Count / items.Select(i => i.Facility).Distinct().Count();
    }

    static IEnumerable<CleaningItem> AtOnce(IEnumerable<CleaningItem> items) =>
        items.Select(i => i with { KnownAt = 0 });

    static double InTime(IReadOnlyList<double> days) =>
        days.Count == 0 ? 1 : Math.Round((double)days.Count(d => d <= Deadline) / days.Count, 4);

    static double P90(IReadOnlyList<double> days) =>
        days.Count == 0 ? 0 : Math.Round(days.Order().ElementAt((int)(0.9 * (days.Count - 1))), 2);
}
