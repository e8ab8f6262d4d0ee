using System.CommandLine;
using System.CommandLine.Help;
using System.Globalization;
using Issuer.Server.Edge.Verbs;
using Issuer.Server.Features;
using Issuer.Server.Hosting;
using Issuer.Server.Hosting.Settings;
using Issuer.Server.Hosting.Stores;
using Issuer.Storage;

namespace Issuer.Benchmarks.Verbs;

/// <summary>All benchmarks, a verb each: the measurements behind the README's figures.</summary>
static class BenchVerb
{
    public static Command Create() => new("benchmarks", "Measure on this machine; figures are ratios within one run")
    {
        new HelpOption(),
        Encode(), Compression(), Issue(), Intake(), Cleaning(), BenchLifetimeVerb.Create(), BenchFetchVerb.Create(),
        BenchRevokeVerb.Create(), BenchRevocationVerb.Create(), BenchDownloadVerb.Create(),
        BenchVerifyVerb.Create(), BenchSlicesVerb.Create(), BenchPlantedVerb.Create(),
    };

    static Command Encode()
    {
        var options = new StoreOptions();
        return new Command("encode", "Payload to HC1 text on one core, beside raw ES256 signing") { options.Json }
            .Runs((parsed, _) =>
            {
                var figures = BenchEncode.Run();
                new Screen(parsed.GetValue(options.Json)).Finish(figures,
                    ("certificates a second", Rounded(figures.CertificatesPerSecond)),
                    ("raw signatures a second", Rounded(figures.RawSignaturesPerSecond)),
                    ("ratio", Math.Round(figures.Ratio, 3)),
                    ("mean characters", Math.Round(figures.MeanCharacters, 1)),
                    ("with zlib level 9", Math.Round(figures.Zlib9MeanCharacters, 1)));
                return Task.FromResult(Verb.Done);
            });
    }

    static Command Compression()
    {
        var options = new StoreOptions();
        return new Command("compression", "Our DEFLATE encoder beside the platform's, on one core")
        {
            options.Json,
        }.Runs((parsed, _) =>
        {
            var figures = BenchCompression.Run();
            new Screen(parsed.GetValue(options.Json)).Finish(figures,
                ("encode, µs: ours, the platform's, ratio", Said(figures.Encode)),
                ("of it packing", Said(figures.Pack)));
            return Task.FromResult(Verb.Done);
        });

        static string Said(CompressionStep step) => string.Create(CultureInfo.InvariantCulture,
            $"{step.OursMicroseconds:0.00}  {step.PlatformMicroseconds:0.00}  {step.Ratio:0.000}");
    }

    static Command Issue()
    {
        var people = SampleVerb.People(usual: 50_000);
        var options = new StoreOptions();
        return new Command("issue", "Steps 5 to 9, durable on SQLite, beside raw signing and verifying")
        {
            people, options.Json,
        }.Runs((parsed, cancel) => InNewStoreAsync(
            options.Read(parsed, forceDevelopment: true).Embedded(),
            async issuer =>
            {
                var figures = await BenchIssue.RunAsync(issuer, parsed.GetValue(people), cancel);
                new Screen(parsed.GetValue(options.Json)).Finish(figures,
                    ("people", figures.People),
                    ("certificates a second", figures.CertificatesPerSecond),
                    ("raw sign+verify a second", figures.RawSignVerifyPerSecond),
                    ("ratio", figures.Ratio),
                    ("peak MB while issuing", figures.PeakMegabytes));
            },
            cancel));
    }

    static Command Intake()
    {
        var rows = new Option<int>("--rows")
        {
            Description = "Records in the CSV file", DefaultValueFactory = _ => 200_000,
            CustomParser = Whole.From(1, 100_000_000),
        };
        var preload = new Option<int>("--preload")
        {
            Description = "Records that are in the table before", DefaultValueFactory = _ => 0,
            CustomParser = Whole.From(0, 1_000_000_000),
        };
        var options = new StoreOptions();
        return new Command("intake",
            "Steps 1 and 2 through CSV and single POSTs, beside the engine's own bulk and commit rates; PostgreSQL "
                + "when "
            + "ConnectionStrings__Issuer is set, and what is made there stays")
        {
            rows, preload, options.Json,
        }.Runs((parsed, cancel) => InNewDatabaseAsync(
            options.Read(parsed, forceDevelopment: true),
            async (issuer, database) =>
            {
                var figures = await new BenchIntake(issuer, database).RunAsync(
                    parsed.GetValue(rows), parsed.GetValue(preload), cancel);
                new Screen(parsed.GetValue(options.Json)).Finish(figures,
                    ("store", figures.Store),
                    ("records in the table before", figures.Table),
                    ("records a second through CSV", figures.RecordsPerSecond),
                    ("the engine's own bulk rows a second", figures.BulkRowsPerSecond),
                    ($"POSTs a second, {figures.Clients} clients", figures.PostsPerSecond),
                    ("the engine's own commits a second", figures.CommitsPerSecond),
                    ("peak MB, CSV", figures.CsvPeakMegabytes),
                    ("peak MB, POSTs", figures.PostsPeakMegabytes));
            },
            cancel));
    }

    static Command Cleaning()
    {
        var people = SampleVerb.People();
        var seed = SampleVerb.Seed();
        var options = new StoreOptions();
        return new Command("cleaning", "A simulated month of the sample's mismatches, with and without suggestions")
        {
            people, seed, options.Now, options.Json,
        }.Runs((parsed, cancel) => InNewStoreAsync(
            options.Read(parsed, forceDevelopment: true).Embedded(),
            async issuer =>
            {
                var figures = await BenchCleaning.RunAsync(
                    issuer, parsed.GetValue(people), parsed.GetValue(seed), cancel);
                new Screen(parsed.GetValue(options.Json)).Finish(figures,
                [
                    ("records that did not match", figures.Records), ("one act accepts", figures.OneAct),
                    ("by hand", figures.ByHand), ("by the police", figures.Police),
                    ("within 3 working days, with suggestions", figures.WithSuggestions),
                    ("without", figures.WithoutSuggestions),
                    ("90th percentile days, with", figures.P90DaysWithSuggestions),
                    ("without", figures.P90DaysWithoutSuggestions),
                    ("all at once, with", figures.AtOnceWithSuggestions), ("without", figures.AtOnceWithoutSuggestions),
                    ("mismatches a clerk can have a month, with", figures.MostPerClerkWithSuggestions),
                    ("without", figures.MostPerClerkWithoutSuggestions),
                    .. figures.Assumptions.Select(a => ("assumed", (object?)a)),
                ]);
            },
            cancel));
    }

    internal static async Task<int> InNewStoreAsync(
        StoreSetup setup, Func<IssuerServices, Task> measure, CancellationToken cancel)
    {
        var directory = Directory.CreateTempSubdirectory("issuer-bench-").FullName;
        try
        {
            await using var issuer = await Verb.OpenAsync(setup with { DataDirectory = directory }, cancel);
            await issuer.Get<EnterStore>().RunAsync(cancel);
            await measure(issuer);
            return Verb.Done;
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    /// <summary>The same with the database itself, to be filled past the rules.</summary>
    internal static Task<int> InNewDatabaseAsync(
        StoreSetup setup, Func<IssuerServices, Database, Task> measure, CancellationToken cancel) => InNewStoreAsync(
            setup,
            async issuer =>
            {
                await using var database = await Database.OpenAsync(
                    setup.Configuration.Of<ConnectionStringsSettings>().Issuer, issuer.Get<DataFolder>().Path, cancel);
                await measure(issuer, database);
            },
            cancel);

    static double Rounded(double rate) => Math.Round(rate);
}
