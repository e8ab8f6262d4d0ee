using System.CommandLine;
using Issuer.Core;
using Issuer.Core.Identity;
using Issuer.Core.Progress;
using Issuer.Core.Records;
using Issuer.Server.Edge.Access;
using Issuer.Server.Edge.Rest.Progress;
using Issuer.Server.Hosting;
using Issuer.Server.Hosting.Stores;

namespace Issuer.Server.Edge.Verbs;

/// <summary><c>issuer progress</c>: counts now, or reads what was counted; proves the counts by the rows.</summary>
static class ProgressVerb
{
    public static Command Create()
    {
        var day = new Option<string?>("--day") { Description = "As of the end of this day", HelpName = "YYYY-MM-DD" };
        var by = new Option<string?>("--by") { Description = "Parts, with --json: province, commune or facility" };
        var province = new Option<string?>("--province") { Description = "Only this province's", HelpName = "CODE" };
        var facility = new Option<string?>("--facility") { Description = "Only this facility's", HelpName = "CODE" };
        var recount = new Option<bool>("--recount")
        {
            Description = "Compare the kept counts with the rows; stores nothing",
        };
        return new Command("progress", "Count how far every facility has come")
        {
            day, by, province, facility, recount,
        }.OnStore(Roles.MinistryOperator, writes: true, async (
            ParseResult parsed, NationalClock clock, CountProgress count, JobLocks locks, IProgressStore progressStore,
            Screen screen, CancellationToken cancel) =>
        {
            if (parsed.GetValue(recount))
            {
                return await RecountAsync(clock, count, progressStore, screen, cancel);
            }
            if (parsed.GetValue(by) is not null && !screen.IsJson)
            {
                Screen.Warn("--by tells the parts with --json only; this is the total");
            }
            var faults = new List<Fault>();
            var asOf = ProgressEndpoints.DayOf(parsed.GetValue(day), clock.Today, faults);
            var kind = ProgressEndpoints.KindOf(parsed.GetValue(by), faults);
            if (faults.Count > 0)
            {
                throw new RefusedException(new Rejection(RejectionKind.Invalid, "this view does not exist", faults));
            }
            if (asOf == clock.Today)
            {
                await using var held = await locks.TakeAsync(JobLocks.Progress, cancel);
                // The first after midnight closes the day before; the next counts today.
                while ((await count.RunAsync(always: true, cancel))?.Closes == true)
                {
                }
            }
            var wanted = new WorklistScope(
                parsed.GetValue(facility),
                Provinces: parsed.GetValue(province) is { } code ? Provinces.CodesOf(code) : null);
            var view = ProgressView.Of(
                asOf, await progressStore.LastPassAsync(asOf, cancel), kind,
                await progressStore.AsOfAsync(asOf, WorklistScope.Everywhere, wanted, cancel));
            screen.Finish(view, Rows(view));
            return Verb.Done;
        });
    }

    static IEnumerable<(string Name, object? Value)> Rows(ProgressView view) =>
    [
        ("as of", view.Day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)),
        .. view.Total.Counts.Select(pair => (pair.Key.Replace('_', ' '), (object?)pair.Value)),
        ("days, oldest waiting", view.Total.DaysOldestWaiting),
        ("days from mismatch to match, median", view.Total.DaysToMatchMedian),
        ("days from mismatch to match, 90 %", view.Total.DaysToMatchP90),
    ];

    static async Task<int> RecountAsync(
        NationalClock clock, CountProgress count, IProgressStore progressStore, Screen screen,
        CancellationToken cancel)
    {
        if (await progressStore.LastPassAsync(clock.Today, cancel) is not { } pass)
        {
            throw new RefusedException(new Rejection(RejectionKind.NotFound, "nothing has been counted yet"));
        }
        var everywhere = WorklistScope.Everywhere;
        var kept = (await progressStore.AsOfAsync(pass.Day, everywhere, everywhere, cancel)).ToHashSet();
        var counted = await count.RecountAsync(pass.CountedAt, cancel);
        var differing = counted.Where(facility => !kept.Contains(facility)).Select(f => f.Facility).ToList();
        screen.Finish(
            new { pass.CountedAt, facilities = counted.Count, differing },
            ("counted at", pass.CountedAt.ToString("u")), ("facilities", counted.Count),
            ("differing", differing.Count));
        return differing.Count == 0
            ? Verb.Done
            : throw new RefusedException(new Rejection(
                RejectionKind.Conflict, $"the rows have changed since in {string.Join(", ", differing.Take(20))}"));
    }
}
