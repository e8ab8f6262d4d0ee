using System.CommandLine;
using Issuer.Core.Gateway;
using Issuer.Server.Edge.Access;
using Issuer.Server.Features.Gateway;
using Issuer.Server.Hosting;
using Issuer.Server.Hosting.Stores;
using Issuer.Storage.Gateway;
using Issuer.Verification.TrustLists;

namespace Issuer.Server.Edge.Verbs;

/// <summary><c>issuer gateway</c>: a round with the other countries, and what came of them.</summary>
static class GatewayVerb
{
    public static Command Create() => new("gateway", "Exchange DSCs and revocation batches with other countries")
    {
        Sync(), Import(), List(),
    };

    static Command Sync()
    {
        var accept = new Option<bool>("--accept")
        {
            Description = "Take what a round refused because too much would leave or come back: you have looked at it",
        };
        return new Command("sync", "Upload our DSCs and batches, download theirs") { accept }
            .OnStore(Roles.MinistryOperator, writes: true, async (
                ParseResult parsed, SyncGateway gateway, JobLocks locks, Screen screen, CancellationToken cancel) =>
            {
                await using var held = await locks.TakeAsync(JobLocks.Gateway, cancel);
                var round = await gateway.RunAsync(parsed.GetValue(accept), cancel);
                screen.Finish(round,
                    ("DSCs uploaded", round.DscsUploaded), ("DSCs withdrawn", round.DscsWithdrawn),
                    ("batches uploaded", round.BatchesUploaded), ("batches deleted", round.BatchesDeleted),
                    ("foreign DSCs", round.ForeignDscs), ("foreign batches taken", round.ForeignBatchesTaken),
                    ("foreign batches removed", round.ForeignBatchesRemoved),
                    ("not believed", round.Disbelieved.Count), ("failed", round.Failed.Count));
                Warn(round);
                return round.IsGood ? Verb.Done : Verb.Refused;
            });
    }

    static Command Import()
    {
        var file = new Argument<FileInfo>("FILE")
        {
            Description = "A trust list: a DID document such as the WHO's, EU items, or a whole gateway's list",
        };
        var anchor = new Option<FileInfo>("--anchor")
        {
            Description = "Who vouches for it: the certificate or key that signs it, or pinned CSCAs", HelpName = "PEM",
            Required = true,
        };
        var source = new Option<string>("--source")
        {
            Description = "Whose list it is; the next one under this name takes its place (a-z, 0-9, -)",
            HelpName = "NAME", DefaultValueFactory = _ => "file",
        };
        source.Validators.Add(result =>
        {
            if (!KeySource.IsForFiles(result.GetValueOrDefault<string>()))
            {
                result.AddError("--source takes up to 40 of a-z, 0-9 and -; 'gateway' is the gateway's");
            }
        });
        var accept = new Option<bool>("--accept")
        {
            Description = "Take a list that is older or lost over a fifth of its live DSCs: you have looked at it",
        };
        return new Command("import", "Take other countries' keys from a file") { file, anchor, source, accept }
            .OnStore(Roles.MinistryOperator, writes: true, async (
                ParseResult parsed, ImportKeys import, JobLocks locks, Screen screen, CancellationToken cancel) =>
            {
                await using var held = await locks.TakeAsync(JobLocks.Gateway, cancel);
                var came = await import.RunAsync(
                    parsed.GetRequiredValue(source),
                    await Bounded.FetchTextAsync(parsed.GetRequiredValue(file).FullName, cancel),
                    await Bounded.FetchTextAsync(parsed.GetRequiredValue(anchor).FullName, cancel),
                    parsed.GetValue(accept), cancel);
                screen.Finish(came,
                    ("source", came.Source), ("DSCs", came.Dscs), ("CSCAs", came.Cscas), ("DSCs that left", came.Left),
                    ("not believed", came.Disbelieved.Count), ("taken", came.Refused is null ? "yes" : "no"));
                foreach (var (what, why) in came.Disbelieved)
                {
                    Screen.Warn($"{what} is not believed: {why}");
                }
                if (came.Refused is { } refusal)
                {
                    Screen.Warn(refusal);
                    return Verb.Refused;
                }
                return Verb.Done;
            }, mayBegin: true);
    }

    static Command List() => new Command("list", "List the keys and batches that are believed, by country")
        .OnStore(null, writes: false, async (GatewayStore gatewayStore, Screen screen, CancellationToken cancel) =>
        {
            var keys = (await gatewayStore.KeysAsync(cancel)).Where(key => !key.HasLeft).ToList();
            var batches = (await gatewayStore.BatchesAsync(cancel)).Where(batch => !batch.HasLeft)
                .Select(known => known.Batch).ToLookup(batch => batch.Country);
            var countries = keys.GroupBy(key => key.Key.Country).Select(of => new
            {
                country = of.Key,
                dscs = KidsOf(of, TrustListItem.Dsc),
                cscas = KidsOf(of, TrustListItem.Csca).Count,
                sources = of.Select(key => key.Source).Distinct().Order(StringComparer.Ordinal).ToList(),
                batches = batches[of.Key].Count(),
                hashes = batches[of.Key].Sum(batch => batch.Hashes.Count),
            }).ToList();
            screen.Finish(new { countries }, countries.Select(c => (c.country, (object?)FormattableString.Invariant(
                $"{c.dscs.Count} DSCs, {c.cscas} CSCAs, {c.hashes} hashes in {c.batches} batches"))));
            return Verb.Done;
        });

    static List<string> KidsOf(IEnumerable<KnownKey> keys, string kind) =>
    [
        .. keys.Select(key => key.Key).Where(key => key.Kind == kind).DistinctBy(key => key.Thumbprint)
            .Select(key => key.Kid),
    ];

    static void Warn(GatewayRound round)
    {
        foreach (var why in round.Refused)
        {
            Screen.Warn(why);
        }
        foreach (var (what, why) in round.Failed)
        {
            Screen.Warn($"{what}: {why}; it is tried again");
        }
        foreach (var (what, why) in round.Disbelieved)
        {
            Screen.Warn($"{what} is not believed: {why}");
        }
    }
}
