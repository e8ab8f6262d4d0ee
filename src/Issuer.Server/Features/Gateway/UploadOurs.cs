using System.Text.Json;
using Issuer.Core.Gateway;
using Issuer.Core.Publication;
using Issuer.Core.TrustLists;
using Issuer.Hcert;
using Issuer.Server.Hosting.Stores;
using Issuer.Storage.Gateway;
using Issuer.Storage.Pki;
using Issuer.Verification.Revocation;

namespace Issuer.Server.Features.Gateway;

/// <summary>
/// Our DSCs and batches to the gateway, one by one. What it has is remembered after each, so a killed round begins
/// where it ended; should it have ended between the two, the gateway says that it exists, or its list shows it.
/// </summary>
sealed class UploadOurs(
    GatewayVisit visit, GatewayStore store, IPublicationStore publications, PkiStore pki, PoliciesNow policies,
    TimeProvider clock)
{
    readonly GatewayClient client = visit.Client;
    readonly UploadCertificate own = visit.Own;
    readonly GatewayRound round = visit.Round;

    /// <summary>Those that have not lapsed; null: nothing has been published yet.</summary>
    public async Task<IReadOnlyList<RevocationBatch>?> PublishedBatchesAsync(CancellationToken cancel)
    {
        if (await publications.LatestAsync(cancel) is null)
        {
            return null;
        }
        List<RevocationBatch> batches = [];
        foreach (var path in (await publications.PathsAsync(cancel)).Where(BuildBatches.IsJson))
        {
            var file = await publications.FileAsync(path, cancel);
            if (file is null || BuildBatches.Read(file) is not { } batch)
            {
                // Somebody publishes meanwhile, or the file is damaged: nothing may be deleted for that.
                return null;
            }
            batches.Add(batch);
        }
        return batches.FindAll(batch => batch.Expires > clock.GetUtcNow());
    }

    /// <param name="batches">Null: the gateway's batches stay as they are.</param>
    public async Task RunAsync(IReadOnlyList<RevocationBatch>? batches, CancellationToken cancel)
    {
        var expiries = await pki.LastExpiriesAsync(cancel);
        var dscs = (await pki.DscsAsync(cancel)).Select(dsc => new ListedDsc(
            dsc, expiries.TryGetValue(dsc.Kid.ToString(), out var last) ? last : null));
        var plan = PlanUploads.From(
            dscs.Select(row => (row.Dsc, BuildTrustList.IsListed(row, policies.Validity, clock.GetUtcNow()))), batches,
            await store.UploadsAsync(cancel));
        HashSet<Kid> outstanding = [];
        foreach (var item in plan.Upload)
        {
            if (!await UploadAsync(item, cancel))
            {
                outstanding.Add(item.Kid);
            }
        }
        foreach (var item in plan.Withdraw)
        {
            await WithdrawAsync(item, cancel);
        }
        // A batch may leave when what takes its place is there: no hash may be missing in between.
        foreach (var batch in plan.Delete.Where(batch => !outstanding.Contains(batch.Kid)))
        {
            await DeleteAsync(batch, cancel);
        }
    }

    async Task<bool> UploadAsync(UploadItem item, CancellationToken cancel)
    {
        var cms = own.Sign(item.Content.Span, clock.GetUtcNow());
        var isDsc = item.Kind == UploadKind.Dsc;
        var answer = isDsc
            ? await client.PostDscAsync(cms, item.Kid, cancel) : await client.PostBatchAsync(cms, cancel);
        if (answer.Status is not (StatusCodes.Status201Created or StatusCodes.Status409Conflict))
        {
            round.Fail($"uploading {NameOf(item.Kind, item.Kid)}", answer);
            return false;
        }
        await store.RememberAsync(item.Uploaded(answer.BatchId), clock.GetUtcNow(), cancel);
        round.DscsUploaded += isDsc ? 1 : 0;
        round.BatchesUploaded += isDsc ? 0 : 1;
        return true;
    }

    async Task WithdrawAsync(UploadItem dsc, CancellationToken cancel)
    {
        var answer = await client.DeleteDscAsync(own.Sign(dsc.Content.Span, clock.GetUtcNow()), cancel);
        if (!IsGone(answer))
        {
            round.Fail($"withdrawing {NameOf(dsc.Kind, dsc.Kid)}", answer);
            return;
        }
        await store.ForgetAsync(dsc.Kind, dsc.Digest, cancel);
        round.DscsWithdrawn++;
    }

    async Task DeleteAsync(GatewayUpload batch, CancellationToken cancel)
    {
        var answer = batch.RemoteId is { } id
            ? await DeleteAsync(id, cancel) : GatewayAnswer.None("the gateway has not told its id");
        if (!IsGone(answer))
        {
            round.Fail($"deleting {NameOf(batch.Kind, batch.Kid)}", answer);
            return;
        }
        await store.ForgetAsync(batch.Kind, batch.Digest, cancel);
        round.BatchesDeleted++;
    }

    /// <param name="id">The gateway's name of a batch of ours.</param>
    public Task<GatewayAnswer> DeleteAsync(string id, CancellationToken cancel) => client.DeleteBatchAsync(
        own.Sign(JsonSerializer.SerializeToUtf8Bytes(new { batchId = id }), clock.GetUtcNow()), cancel);

    /// <summary>Deleted, or not there any more.</summary>
    public static bool IsGone(GatewayAnswer answer) => answer.Status is StatusCodes.Status200OK
        or StatusCodes.Status204NoContent or StatusCodes.Status404NotFound or StatusCodes.Status410Gone;

    static string NameOf(UploadKind kind, Kid kid) =>
        kind == UploadKind.Dsc ? $"the DSC {kid}" : $"a batch under {kid}";
}
