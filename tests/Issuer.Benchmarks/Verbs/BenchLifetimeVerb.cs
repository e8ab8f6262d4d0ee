using System.CommandLine;
using System.Globalization;
using Issuer.Server.Edge.Verbs;
using Issuer.Server.Hosting;
using Issuer.Server.Hosting.Stores;
using Issuer.Storage;

namespace Issuer.Benchmarks.Verbs;

/// <summary><c>lifetime</c>: years of a campaign on a simulated clock.</summary>
static class BenchLifetimeVerb
{
    static readonly DateTimeOffset Usual = new(2026, 1, 1, 0, 0, 0, TimeSpan.FromHours(7));

    public static Command Create()
    {
        var people = SampleVerb.People(usual: 100_000);
        var seed = SampleVerb.Seed();
        var years = new Option<int>("--years")
        {
            Description = "How long to look on", DefaultValueFactory = _ => 3, CustomParser = Whole.From(1, 20),
        };
        var options = new StoreOptions();
        return new Command(
            "lifetime", "Simulated years: one current certificate for each who is entitled, every midnight")
        {
            people, years, seed, options.Now, options.Json,
        }.Runs(async (parsed, cancel) =>
        {
            var directory = Directory.CreateTempSubdirectory("issuer-bench-").FullName;
            try
            {
                var start = parsed.GetValue(options.Now) ?? Usual;
                var clock = new SteppedClock(new DateTimeOffset(start.ToOffset(Usual.Offset).Date, Usual.Offset));
                await using var issuer = await Verb.OpenAsync(
                    new StoreSetup(directory, new ConfigurationBuilder().Build(), clock)
                    {
                        ForceDevelopment = true, HasOwnNow = true,
                    },
                    cancel);
                await issuer.Get<EnterStore>().RunAsync(cancel);
                await using var database = await Database.OpenAsync(null, directory, cancel);
                var screen = new Screen(parsed.GetValue(options.Json));
                var figures = await new BenchLifetime(issuer, clock, new LifetimeChecks(database)).RunAsync(
                    parsed.GetValue(people), parsed.GetValue(years), parsed.GetValue(seed), screen.Say, cancel);
                Show(screen, figures);
                return figures.WrongMidnights == 0 && figures.Violations.Count == 0 ? Verb.Done : Verb.Refused;
            }
            finally
            {
                Directory.Delete(directory, recursive: true);
            }
        });
    }

    static void Show(Screen screen, LifetimeFigures figures) => screen.Finish(figures,
    [
        ("people", figures.People), ("midnights", figures.Midnights),
        ("midnights with a fault", figures.WrongMidnights),
        ("largest share issued on a day of the wave", Percent(figures.LargestIssuingShare)),
        ("largest share regenerated on a day", Percent(figures.LargestShare)),
        ("after the first year", Percent(figures.LargestShareAfterFirstYear)),
        ("certificates", figures.Certificates), ("regenerated", figures.Regenerated),
        ("new doses", figures.NewDoses), ("corrections", figures.Corrections),
        ("withdrawals", figures.Withdrawals), ("leaks", figures.Leaks),
        .. figures.Violations.Select(pair => ($"broken: {pair.Key}", (object?)pair.Value)),
        ("seconds", figures.Seconds),
    ]);

    static string Percent(double share) => share.ToString("P2", CultureInfo.InvariantCulture);
}
