using System.CommandLine;
using Issuer.Server.Hosting.Stores;

namespace Issuer.Server.Edge.Verbs;

/// <summary><c>issuer demo</c>: the main job end to end.</summary>
static class DemoVerb
{
    public static Command Create()
    {
        var people = SampleVerb.People();
        var seed = SampleVerb.Seed();
        var from = new Option<DirectoryInfo?>("--from")
        {
            Description =
                "Directory with population.csv, facilities.csv, records.csv, lots.csv instead of made-up ones",
            HelpName = "DIR",
        };
        var output = new Option<DirectoryInfo>("--out")
        {
            Description = "Directory for all results", HelpName = "DIR", Required = true,
        };
        var options = new StoreOptions();
        var command = new Command("demo", "Run the main job end to end: submit, check, match, attest, issue, publish")
        {
            people, seed, from, output,
        };
        options.AddTo(command);
        return command.Runs(async (parsed, cancel) =>
        {
            var directory = parsed.GetRequiredValue(output).FullName;
            var screen = new Screen(parsed.GetValue(options.Json));
            await using var issuer = await Verb.OpenAsync(
                options.Read(parsed, forceDevelopment: true, Path.Combine(directory, "data")), cancel);
            await issuer.Get<EnterStore>().RunAsync(cancel);
            await using var held = await issuer.Get<JobLocks>().TakeAsync(JobLocks.Work, cancel);
            var campaign = parsed.GetValue(from)?.FullName
                ?? MadeUpCampaign.Ensure(
                    directory, parsed.GetValue(people), parsed.GetValue(seed), issuer.Get<NationalClock>().Today);
            var summary = await issuer.Create<DemoRun>(screen).RunAsync(
                campaign, directory, parsed.GetValue(from) is null ? parsed.GetValue(people) : null, cancel);
            screen.Finish(summary, Rows(summary));
            screen.Say(
                    $"\nIn {directory}: certificates.ndjson, records.ndjson, trustlist.json, "
                    + "anchor.pem, summary.json, qr/");
            return Verb.Done;
        });
    }

    static IEnumerable<(string, object?)> Rows(DemoSummary summary)
    {
        yield return ("people", summary.People);
        yield return ("people matched or exempt", summary.KnownPeople);
        foreach (var (state, records) in summary.Records)
        {
            yield return ($"records {state}", records);
        }
        yield return ("certificates", summary.Certificates);
        foreach (var (reason, people) in summary.Refused)
        {
            yield return ($"people without one: {reason}", people);
        }
        foreach (var (step, seconds) in summary.Seconds)
        {
            yield return ($"seconds to {step}", FormattableString.Invariant($"{seconds:0.00}"));
        }
    }
}
