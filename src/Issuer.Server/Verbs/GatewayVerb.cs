using System.CommandLine;
using Issuer.Core;
using Issuer.Core.TrustLists;
using Issuer.Server.Access;
using Issuer.Server.Gateway;
using Issuer.Server.Hosting;

namespace Issuer.Server.Verbs;

/// <summary><c>issuer gateway</c>: a round with the other countries, and what came of them.</summary>
static class GatewayVerb
{
    public static Command Create() => new("gateway", "Exchange DSCs and revocation batches with other countries")
    {
        Sync(), List(),
    };

    static Command Sync()
    {
        var accept = new Option<bool>("--accept")
        {
            Description = "Take what a round refused because too much would leave or come back: you have looked at it",
        };
        return new Command("sync", "Upload ours, download theirs") { accept }
            .OnStore(Roles.MinistryOperator, writes: true, async (parsed, place, screen, cancel) =>
            {
                var options = place.Options.Gateway ?? throw new RefusedException(
                    new Rejection(RejectionKind.Invalid, "no gateway is named: set Gateway__Url"));
                await using var held = await Verb.LockAsync(place, SyncGateway.Lock, cancel);
                var round = await new SyncGateway(place, options).RunAsync(parsed.GetValue(accept), cancel);
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

    static Command List() => new Command("list", "What is believed of other countries, by country")
        .OnStore(null, writes: false, async (_, place, screen, cancel) =>
        {
            var keys = (await place.Store.Gateway.KeysAsync(cancel))
                .Where(key => !key.HasLeft).Select(key => key.Key).ToList();
            var batches = (await place.Store.Gateway.BatchesAsync(cancel)).ToLookup(batch => batch.Country);
            var countries = keys.GroupBy(key => key.Country).Select(of => new
            {
                country = of.Key,
                dscs = of.Where(key => key.Kind == TrustListItem.Dsc).Select(key => key.Kid).ToList(),
                cscas = of.Count(key => key.Kind == TrustListItem.Csca),
                batches = batches[of.Key].Count(),
                hashes = batches[of.Key].Sum(batch => batch.Hashes.Count),
            }).ToList();
            screen.Finish(new { countries }, countries.Select(c => (c.country, (object?)FormattableString.Invariant(
                $"{c.dscs.Count} DSCs, {c.cscas} CSCAs, {c.hashes} hashes in {c.batches} batches"))));
            return Verb.Done;
        });

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
