using Issuer.Core.Gateway;
using Issuer.Core.Publication;
using Issuer.Server.Hosting.Stores;
using Issuer.Storage.Gateway;
using Issuer.Storage.Pki;
using Issuer.Verification.TrustLists;

namespace Issuer.Server.Features.Gateway;

/// <summary>
/// One round with the gateway: the others' keys, then batches, then ours. Each part goes on though another failed, and
/// within it each item. The caller holds the gateway's lock.
/// </summary>
sealed class SyncGateway(
    NamedGateway gateway, GatewayStore store, IPublicationStore publications, PkiStore pki, KeyFiles keys,
    PoliciesNow policies, NationalClock clock, TimeProvider time)
{
    readonly GatewayOptions options = gateway.Required;
    readonly GatewayPolicy policy = policies.Gateway;

    /// <param name="isAccepted">A person has looked at what was refused: take it.</param>
    public async Task<GatewayRound> RunAsync(bool isAccepted, CancellationToken cancel)
    {
        using var client = new GatewayClient(options, keys, time);
        using var own = new UploadCertificate(
            keys.ReadCertificate(options.UploadKey), keys.ReadKey(options.UploadKey));
        var round = new GatewayRound();
        var visit = new GatewayVisit(client, own, round);
        await KeysAsync(client, round, isAccepted, cancel);
        var uploads = new UploadOurs(visit, store, publications, pki, policies, time);
        if (options.WithBatches)
        {
            var published = await uploads.PublishedBatchesAsync(cancel);
            await new DownloadBatches(visit, uploads, store, policy, time).RunAsync(
                published, isAccepted, cancel);
            await uploads.RunAsync(published, cancel);
        }
        else
        {
            await uploads.RunAsync(null, cancel);
        }
        return round;
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
            new GatewayLists(lists[0], lists[1], lists[2]), keys.ReadCertificate(options.Anchor),
            policies.Certification.Country);
        if (read.IsRefused(out var why, out var reading))
        {
            round.Refuse(why);
            return;
        }
        round.Disbelieved.AddRange(reading.Disbelieved);
        if (GuardKeys.Check(known, reading, policy, clock.Now, isAccepted) is { } stays)
        {
            round.Refuse(stays);
            return;
        }
        await store.ReplaceKeysAsync(KeySource.Gateway, reading.Keys, clock.Act("gateway"), cancel);
        round.ForeignDscs = reading.Dscs.Count();
    }
}
