using Issuer.Core.Gateway;
using Issuer.Core.TrustLists;
using Issuer.Server.Hosting;
using Issuer.Storage.Gateway;

namespace Issuer.Server.Features.Gateway;

/// <summary>
/// One round with the gateway: the others' keys, then batches, then ours. Each part goes on though another failed, and
/// within it each item. The caller holds the gateway's lock.
/// </summary>
sealed class SyncGateway(Workplace place, GatewayOptions options)
{
    public const string Lock = "gateway";

    readonly GatewayPolicy policy = place.InForce.Gateway;
    readonly GatewayStore store = place.Store.Gateway;

    /// <param name="isAccepted">A person has looked at what was refused: take it.</param>
    public async Task<GatewayRound> RunAsync(bool isAccepted, CancellationToken cancel)
    {
        using var client = new GatewayClient(options, place.Keys, place.Clock);
        using var own = new UploadCertificate(
            place.Keys.ReadCertificate(options.UploadKey), place.Keys.ReadKey(options.UploadKey));
        var round = new GatewayRound();
        await KeysAsync(client, round, isAccepted, cancel);
        var uploads = new UploadOurs(place, client, own, round);
        if (options.WithBatches)
        {
            var published = await uploads.PublishedBatchesAsync(cancel);
            await new DownloadBatches(place, client, own, round, policy).RunAsync(published, isAccepted, cancel);
            await uploads.RunAsync(published, cancel);
        }
        else
        {
            await uploads.RunAsync(null, cancel);
        }
        Tell(round);
        return round;
    }

    /// <summary>Health says how it stands until the next round.</summary>
    void Tell(GatewayRound round)
    {
        if (round.IsGood)
        {
            place.GatewayHealth.Good(place.Now, round.ForeignDscs);
        }
        else
        {
            place.GatewayHealth.Bad(
                round.Refused.FirstOrDefault() ?? $"{round.Failed.Count} items failed and are tried again", place.Now);
        }
    }

    async Task KeysAsync(GatewayClient client, GatewayRound round, bool isAccepted, CancellationToken cancel)
    {
        var known = (await store.KeysAsync(cancel)).Where(key => key.Source == KeySource.Gateway).ToList();
        round.ForeignDscs = known.Count(key => !key.HasLeft && key.Key.Kind == TrustListItem.Dsc);
        List<ReadOnlyMemory<byte>> lists = [];
        foreach (var kind in new[] { TrustListItem.Upload, TrustListItem.Csca, TrustListItem.Dsc })
        {
            var answer = await client.TrustListAsync(kind, cancel);
            if (answer.Status != StatusCodes.Status200OK)
            {
                round.Fail($"the list of {kind}", answer);
                return;
            }
            lists.Add(answer.Body);
        }
        var read = BelieveKeys.From(
            new GatewayLists(lists[0], lists[1], lists[2]), place.Keys.ReadCertificate(options.Anchor),
            place.Policy.Country);
        if (read.IsRefused(out var why, out var reading))
        {
            round.Refuse(why);
            return;
        }
        round.Disbelieved.AddRange(reading.Disbelieved);
        if (GuardKeys.Check(known, reading, policy, place.Now, isAccepted) is { } stays)
        {
            round.Refuse(stays);
            return;
        }
        await store.ReplaceKeysAsync(KeySource.Gateway, reading.Keys, place.Act(Lock), cancel);
        round.ForeignDscs = reading.Dscs.Count();
    }
}
