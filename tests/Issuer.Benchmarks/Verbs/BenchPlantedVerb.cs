using System.CommandLine;
using Issuer.Benchmarks.Planted;
using Issuer.Server.Edge.Verbs;
using Issuer.Server.Hosting.Stores;
using Issuer.Storage;

namespace Issuer.Benchmarks.Verbs;

/// <summary><c>planted</c>: fraud among honest records, as <c>tests/planted/plant.py</c> made them.</summary>
static class BenchPlantedVerb
{
    public static Command Create()
    {
        var from = new Option<DirectoryInfo>("--from")
        {
            Description = "The folder that plant.py made", Required = true,
        };
        var options = new StoreOptions();
        return new Command("planted", "What planted fraud gets through, and what it costs honest people")
        {
            from, options.Json,
        }.Runs(async (parsed, cancel) =>
        {
            var folder = parsed.GetValue(from)!.FullName;
            var directory = Directory.CreateTempSubdirectory("issuer-bench-").FullName;
            try
            {
                var first = PlantedAct.ReadAll(Path.Combine(folder, "acts.ndjson")).First();
                var clock = new SteppedClock(first.At.AddHours(-1));
                await using var issuer = await Verb.OpenAsync(
                    new StoreSetup(directory, new ConfigurationBuilder().Build(), clock)
                    {
                        ForceDevelopment = true, HasOwnNow = true,
                    },
                    cancel);
                await issuer.Get<EnterStore>().RunAsync(cancel);
                await using var database = await Database.OpenAsync(null, directory, cancel);
                using var replay = new PlantedReplay(issuer, clock);
                var screen = new Screen(parsed.GetValue(options.Json));
                Show(screen, await new BenchPlanted(replay, new PlantedLook(database))
                    .RunAsync(folder, screen.Say, cancel));
                return Verb.Done;
            }
            finally
            {
                Directory.Delete(directory, recursive: true);
            }
        });
    }

    static void Show(Screen screen, PlantedFigures figures) => screen.Finish(figures,
    [
        ("certificates on planted doses", figures.Certificates), ("strangers hit", figures.StrangersHit),
        ("codes given to a thief", figures.CodesGiven),
        .. new[] { figures.Planted, figures.Honest }.Concat(figures.Surges)
            .Select(group => (group.Name, (object?)Said(group))),
        ("rows refused", figures.RefusedRows), ("seconds", figures.Seconds),
    ]);

    static string Said(PlantedGroup group) => FormattableString.Invariant(
        $"{group.Records} records, {group.Signed} signed, {group.Stopped} stopped ({group.Share:P3}), ")
        + FormattableString.Invariant($"{group.Held} held");
}
