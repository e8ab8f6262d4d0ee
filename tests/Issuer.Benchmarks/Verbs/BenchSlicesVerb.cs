using System.CommandLine;
using Issuer.Server.Edge.Verbs;
using Issuer.Server.Hosting;

namespace Issuer.Benchmarks.Verbs;

/// <summary>
/// <c>slices</c>: the EU's formats of a store made for it, for readers in other languages.
/// </summary>
static class BenchSlicesVerb
{
    public static Command Create()
    {
        var certificates = new Option<int>("--certificates")
        {
            Description = "How many; one of eight is revoked", DefaultValueFactory = _ => 100_000,
            CustomParser = Whole.From(100, 10_000_000),
        };
        var folder = new Option<string>("--out")
        {
            Description = "Where slices, batches and truth.csv (kid, hash, 1 when revoked) go", HelpName = "DIR",
            Required = true,
        };
        var options = new StoreOptions();
        return new Command("slices", "Bloom and prefix slices and batches of a store, with the truth beside them")
        {
            certificates, folder, options.Json,
        }.Runs((parsed, cancel) => BenchVerb.InNewStoreAsync(
            options.Read(parsed, forceDevelopment: true).Embedded(),
            async issuer =>
            {
                var counts = await SliceExport.RunAsync(
                    issuer, parsed.GetValue(certificates), parsed.GetRequiredValue(folder), cancel);
                new Screen(parsed.GetValue(options.Json)).Finish(counts,
                    ("certificates", counts.Certificates), ("of them revoked", counts.Revoked),
                    ("Bloom slices", Said(counts.BloomSlices)), ("prefix slices", Said(counts.PrefixSlices)),
                    ("batches", counts.Batches));
            },
            cancel));
    }

    static string Said(IReadOnlyDictionary<string, int> slices) =>
        string.Join(", ", slices.Select(mode => $"{mode.Key} {mode.Value}"));
}
