using System.CommandLine;
using Issuer.Samples;
using Issuer.Server.Hosting;

namespace Issuer.Server.Edge.Verbs;

/// <summary><c>issuer sample</c>: only the made-up campaign's files.</summary>
static class SampleVerb
{
    public static Option<int> People(int usual = 1000)
    {
        var people = new Option<int>("--people")
        {
            Description = "How many people were vaccinated", HelpName = "N", DefaultValueFactory = _ => usual,
            CustomParser = Whole.From(1, SampleCampaign.MostPeople),
        };
        return people;
    }

    public static Option<int> Seed() => new("--seed")
    {
        Description = "The same people and seed give the same files", HelpName = "S", DefaultValueFactory = _ => 1,
    };

    public static Command Create()
    {
        var people = People();
        var seed = Seed();
        var output = new Option<DirectoryInfo>("--out")
        {
            Description = "Directory for the files", HelpName = "DIR", Required = true,
        };
        var options = new StoreOptions();
        var command = new Command("sample", "Write a made-up campaign: population, facilities, records, lots")
        {
            people, seed, output, options.Now, options.Json,
        };
        return command.Runs((parsed, _) =>
        {
            var counts = SampleCampaign.Write(
                parsed.GetRequiredValue(output).FullName, parsed.GetValue(people), parsed.GetValue(seed),
                SampleCampaign.EndFor(DateOnly.FromDateTime(
                    (parsed.GetValue(options.Now) ?? TimeProvider.System.GetUtcNow()).UtcDateTime)));
            new Screen(parsed.GetValue(options.Json)).Finish(counts,
                ("people", counts.People), ("facilities", counts.Facilities), ("records", counts.Records),
                ("duplicate doses", counts.Duplicates), ("rows to be refused", counts.Refusable));
            return Task.FromResult(Verb.Done);
        });
    }
}
