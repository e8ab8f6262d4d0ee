using System.CommandLine;
using Issuer.Server.Edge.Verbs;
using Issuer.Server.Hosting;

namespace Issuer.Benchmarks.Verbs;

/// <summary><c>verify</c>: many certificates judged by the published lists.</summary>
static class BenchVerifyVerb
{
    public static Command Create()
    {
        var certificates = new Option<int>("--certificates")
        {
            Description = "How many; one of a hundred is revoked", DefaultValueFactory = _ => 20_000,
            CustomParser = Whole.From(100, 10_000_000),
        };
        var options = new StoreOptions();
        return new Command("verify", "Batch verification with revocation lists, beside verifying the signatures alone")
        {
            certificates, options.Json,
        }.Runs((parsed, cancel) => BenchVerb.InNewStoreAsync(
            options.Read(parsed, forceDevelopment: true).Embedded(),
            async issuer =>
            {
                var figures = await BenchVerify.RunAsync(issuer, parsed.GetValue(certificates), cancel);
                new Screen(parsed.GetValue(options.Json)).Finish(figures,
                    ("certificates", figures.Certificates), ("of them revoked", figures.Revoked),
                    ("certificates a second", figures.CertificatesPerSecond),
                    ("raw verifications a second", figures.RawVerificationsPerSecond), ("ratio", figures.Ratio));
            },
            cancel));
    }
}
