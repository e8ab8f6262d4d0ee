using System.CommandLine;
using Issuer.Server.Edge.Verbs;
using Issuer.Server.Hosting;

namespace Issuer.Benchmarks.Verbs;

/// <summary><c>revocation</c>: what each revocation format costs over a country's certificates.</summary>
static class BenchRevocationVerb
{
    /// <summary>What a reader of compact lists takes is 2^30 slots; the sample's arrays stay well below.</summary>
    const int MostIssued = 500_000_000;

    public static Command Create()
    {
        var issued = Number("--issued", "N", "Certificates that have not expired", 75_000_000);
        var revoked = Number("--revoked", "n", "How many of them are revoked", 750_000);
        var options = new StoreOptions();
        return new Command("revocation", "Size, time and proof of every revocation format, beside the bound")
        {
            issued, revoked, options.Json,
        }.Runs((parsed, _) =>
        {
            var (all, refused) = (parsed.GetValue(issued), parsed.GetValue(revoked));
            if (refused > all)
            {
                Console.Error.WriteLine($"--revoked {refused} is more than --issued {all}");
                return Task.FromResult(Verb.WrongUsage);
            }
            var figures = new BenchRevocation(all, refused).Run();
            new Screen(parsed.GetValue(options.Json)).Finish(figures,
            [
                .. figures.Formats.Select(format => (format.Key, (object?)SizeOf(format.Value))),
                ("build and proof, seconds", Math.Round(figures.BuildAndProofSeconds, 1)),
                ("decode, seconds", figures.DecodeSeconds), ("look-up, nanoseconds", figures.LookupNanoseconds),
                ("peak MB", figures.PeakMegabytes),
                .. figures.Assumptions.Select(a => ("assumed", (object?)a)),
            ]);
            return Task.FromResult(Verb.Done);
        });
    }

    static Option<int> Number(string name, string help, string description, int usual) => new(name)
    {
        Description = description, HelpName = help, DefaultValueFactory = _ => usual,
        CustomParser = Whole.From(0, MostIssued),
    };

    static string SizeOf(FormatFigures format) => FormattableString.Invariant(
        $"{format.BodyBytes} + {format.EnvelopeBytes} bytes, {format.Ratio} of the bound");
}
