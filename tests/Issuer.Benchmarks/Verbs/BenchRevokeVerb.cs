using System.CommandLine;
using Issuer.Server.Edge.Verbs;
using Issuer.Server.Hosting;

namespace Issuer.Benchmarks.Verbs;

/// <summary>
/// <c>revoke</c>: a facility's invented doses, from the question to the last new certificate.
/// </summary>
static class BenchRevokeVerb
{
    public static Command Create()
    {
        var certificates = new Option<int>("--certificates")
        {
            Description = "Of withdrawn records; three of ten holders have an honest dose too",
            DefaultValueFactory = _ => 1_000_000, CustomParser = Whole.From(100, 10_000_000),
        };
        var options = new StoreOptions();
        return new Command(
            "revoke",
            "A bulk act with re-issue; on PostgreSQL, an empty database, when ConnectionStrings__Issuer names one")
        {
            certificates, options.Json,
        }.Runs((parsed, cancel) => BenchVerb.InNewDatabaseAsync(
            options.Read(parsed, forceDevelopment: true),
            async (issuer, database) =>
            {
                var screen = new Screen(parsed.GetValue(options.Json));
                var figures = await BenchRevoke.RunAsync(
                    issuer, database, parsed.GetValue(certificates), screen.Say, cancel);
                screen.Finish(figures,
                    ("store", figures.Store), ("certificates revoked", figures.Revoked),
                    ("holders re-issued", figures.Reissued), ("seconds to show the impact", figures.PreviewSeconds),
                    ("to store the set", figures.AskSeconds), ("to approve", figures.ApproveSeconds),
                    ("to revoke", figures.RevokeSeconds), ("to re-issue", figures.ReissueSeconds),
                    ("in all", figures.TotalSeconds), ("look-ups meanwhile", figures.Fetches),
                    ("their p99 in ms", figures.FetchP99Milliseconds));
            },
            cancel));
    }
}
