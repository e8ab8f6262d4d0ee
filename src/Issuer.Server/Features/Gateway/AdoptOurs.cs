using Issuer.Core.Gateway;
using Issuer.Storage.Gateway;
using Issuer.Verification;
using Issuer.Verification.Revocation;
using Issuer.Verification.X509;

namespace Issuer.Server.Features.Gateway;

/// <summary>
/// Batches of our country on the gateway's list that we do not remember: a round was killed, or its answer was lost,
/// after the gateway had taken them. Known by their content they are remembered, or deleted if they are there twice.
/// Whatever else is ours but not of this service is left alone.
/// </summary>
sealed class AdoptOurs(GatewayVisit visit, UploadOurs uploads, GatewayStore store, TimeProvider clock)
{
    readonly GatewayClient client = visit.Client;
    readonly UploadCertificate own = visit.Own;
    readonly GatewayRound round = visit.Round;

    /// <param name="failed">Gains what could not be looked at.</param>
    public async Task RunAsync(
        IEnumerable<BatchLine> lines, IReadOnlyList<RevocationBatch>? published, HashSet<string> failed,
        CancellationToken cancel)
    {
        var remembered = (await store.UploadsAsync(cancel)).Where(upload => upload.Kind == UploadKind.Batch)
            .ToDictionary(upload => upload.Digest);
        var ids = remembered.Values.Select(upload => upload.RemoteId).ToHashSet();
        foreach (var line in lines.Where(line => !ids.Contains(line.Id)))
        {
            var answer = await client.BatchAsync(line.Id, cancel);
            if (answer.Status == StatusCodes.Status410Gone)
            {
                continue;
            }
            if (answer.Status != StatusCodes.Status200OK)
            {
                failed.Add(line.Id);
                round.Fail($"our batch {line.Id}", answer);
                continue;
            }
            if (OpenCms.From(answer.Body.Span, [own.Der]) is not { } json)
            {
                continue;
            }
            var digest = Sha256Digest.Of(json);
            var known = remembered.GetValueOrDefault(digest);
            if (known is { RemoteId: not null })
            {
                await DeleteAsync(line.Id, failed, cancel);
            }
            else if ((known?.Kid ?? published?.FirstOrDefault(batch => batch.Id == digest)?.Kid) is { } kid)
            {
                remembered[digest] = new GatewayUpload(UploadKind.Batch, digest, kid, line.Id);
                await store.RememberAsync(remembered[digest], clock.GetUtcNow(), cancel);
            }
        }
    }

    async Task DeleteAsync(string id, HashSet<string> failed, CancellationToken cancel)
    {
        var answer = await uploads.DeleteAsync(id, cancel);
        if (UploadOurs.IsGone(answer))
        {
            round.BatchesDeleted++;
        }
        else
        {
            failed.Add(id);
            round.Fail($"deleting our batch {id}, which is there twice", answer);
        }
    }
}
