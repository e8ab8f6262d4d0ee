using System.CommandLine;
using Issuer.Server.Edge.Verbs;
using Issuer.Server.Hosting;

namespace Issuer.Benchmarks.Verbs;

/// <summary><c>fetch</c>: how fast holders fetch from a large store.</summary>
static class BenchFetchVerb
{
    public static Command Create()
    {
        var certificates = new Option<int>("--certificates")
        {
            Description = "In the store, which is filled when it has none", DefaultValueFactory = _ => 1_000_000,
            CustomParser = Whole.From(10_000, 100_000_000),
        };
        var options = new StoreOptions();
        return new Command(
            "fetch",
            "Holders' fetches beside Kestrel's empty answer; on PostgreSQL when ConnectionStrings__Issuer names one")
        {
            certificates, options.Json,
        }.Runs((parsed, cancel) => BenchVerb.InNewDatabaseAsync(
            options.Read(parsed, forceDevelopment: true),
            async (issuer, database) =>
            {
                var screen = new Screen(parsed.GetValue(options.Json));
                var figures = await BenchFetch.RunAsync(
                    issuer, database, parsed.GetValue(certificates), screen.Say, cancel);
                screen.Finish(figures,
                    ("store", figures.Store), ("certificates", figures.Certificates),
                    ("empty answers a second", figures.EmptyPerSecond),
                    ("conditional fetches a second", figures.ConditionalPerSecond),
                    ("conditional with a new token each", figures.FirstTimePerSecond),
                    ("full fetches a second", figures.FullPerSecond),
                    ("conditional p99 ms at 5,000 a second", figures.ConditionalP99HalfLoad),
                    ("full p99 ms at 2,500 a second", figures.FullP99HalfLoad),
                    ("PNGs a second", figures.PngPerSecond), ("ms a PNG alone", figures.PngMatrixMilliseconds));
            },
            cancel));
    }
}
