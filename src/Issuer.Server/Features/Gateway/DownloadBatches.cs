using Issuer.Core;
using Issuer.Core.Gateway;
using Issuer.Storage.Gateway;
using Issuer.Verification.Revocation;
using Issuer.Verification.TrustLists;
using Issuer.Verification.X509;

namespace Issuer.Server.Features.Gateway;

/// <summary>
/// The others' batches since the cursor: each that is new is fetched, verified and kept. Also ours, of which an earlier
/// round may have learned nothing when it was killed.
/// </summary>
sealed class DownloadBatches(
    GatewayVisit visit, UploadOurs uploads, GatewayStore store, GatewayPolicy policy, TimeProvider clock)
{
    const int MostPages = 200;
    const int AtOnce = 8;

    readonly GatewayClient client = visit.Client;
    readonly UploadCertificate own = visit.Own;
    readonly GatewayRound round = visit.Round;
    readonly HashSet<string> failed = [];

    /// <param name="published">Ours, of the latest publication.</param>
    public async Task RunAsync(
        IReadOnlyList<RevocationBatch>? published, bool isAccepted, CancellationToken cancel)
    {
        var cursor = await store.CursorAsync(cancel) ?? policy.Beginning;
        var lines = await ListAsync(cursor, cancel);
        var expiries = await store.BatchExpiriesAsync(cancel);
        var theirs = lines.Where(line => line.Country != own.Country).ToList();
        var taken = await TakeAsync(
            [.. theirs.Where(line => !line.IsDeleted && !expiries.ContainsKey(line.Id))], cancel);
        await RemoveAsync(
            [.. theirs.Where(line => line.IsDeleted
                && expiries.ContainsKey(line.Id))], expiries, taken, isAccepted, cancel);
        await new AdoptOurs(visit, uploads, store, clock).RunAsync(
            lines.Where(line => line.Country == own.Country && !line.IsDeleted), published, failed, cancel);
        var next = BatchCursor.After(cursor, lines, failed);
        if (next != cursor)
        {
            await store.MoveCursorAsync(next, cancel);
        }
    }

    /// <summary>As many pages as can be had; each line in its latest state.</summary>
    async Task<IReadOnlyList<BatchLine>> ListAsync(DateTimeOffset cursor, CancellationToken cancel)
    {
        var lines = new Dictionary<string, BatchLine>();
        var since = cursor;
        for (var pages = 0; pages < MostPages; pages++)
        {
            var answer = await client.BatchesAsync(since, cancel);
            var page = answer.Status switch
            {
                StatusCodes.Status200OK => BatchPage.Read(answer.Body),
                StatusCodes.Status204NoContent => BatchPage.Empty,
                _ => null,
            };
            if (page is null)
            {
                round.Failed.Add(new GatewayFailure("the list of batches",
                    answer.Status == StatusCodes.Status200OK ? "is no such list" : answer.Why));
                break;
            }
            foreach (var line in page.Lines)
            {
                lines[line.Id] = line;
            }
            if (!page.HasMore || page.Lines.Count == 0)
            {
                break;
            }
            if (page.Lines[^1].Date <= since)
            {
                round.Failed.Add(new GatewayFailure("the list of batches", "says there is more and does not go on"));
                break;
            }
            since = page.Lines[^1].Date;
        }
        return [.. lines.Values.OrderBy(line => line.Date)];
    }

    /// <returns>How many were taken, by country.</returns>
    async Task<Dictionary<string, int>> TakeAsync(IReadOnlyList<BatchLine> lines, CancellationToken cancel)
    {
        var signers = (await store.KeysAsync(cancel))
            .Where(key => !key.HasLeft && key.Source == KeySource.Gateway && key.Key.Kind == TrustListItem.Upload)
            .ToLookup(key => key.Key.Country, key => key.Key.Der);
        var taken = new Dictionary<string, int>();
        foreach (var few in lines.Chunk(AtOnce))
        {
            var answers = await Task.WhenAll(few.Select(line => client.BatchAsync(line.Id, cancel)));
            foreach (var (line, answer) in few.Zip(answers))
            {
                if (answer.Status == StatusCodes.Status410Gone)
                {
                    continue;
                }
                if (answer.Status != StatusCodes.Status200OK)
                {
                    failed.Add(line.Id);
                    round.Fail($"the batch {line.Id} of {line.Country}", answer);
                    continue;
                }
                if (OpenCms.From(answer.Body.Span, signers[line.Country]) is not { } json
                    || ForeignBatch.Read(line.Id, line.Country, json) is not { } batch)
                {
                    failed.Add(line.Id);
                    round.Disbelieved.Add(new Disbelieved($"the batch {line.Id} of {line.Country}",
                        "not a batch of that country under one of its believed upload certificates"));
                    continue;
                }
                if (batch.Expires > clock.GetUtcNow())
                {
                    await store.AddBatchAsync(batch, cancel);
                    taken[line.Country] = taken.GetValueOrDefault(line.Country) + 1;
                    round.ForeignBatchesTaken++;
                }
            }
        }
        return taken;
    }

    /// <summary>
    /// What lapsed goes at once. What is said to be deleted, by a list that nobody signs, goes unless it is too much: a
    /// country that arranges its batches anew puts as many in their place.
    /// </summary>
    async Task RemoveAsync(
        IReadOnlyList<BatchLine> deleted, IReadOnlyDictionary<string, DateTimeOffset> expiries,
        Dictionary<string, int> taken, bool isAccepted, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var lapsed = expiries.Count(batch => batch.Value <= now);
        await store.ForgetExpiredBatchesAsync(now, cancel);
        var leaving = deleted.Where(line => expiries[line.Id] > now).ToList();
        var lost = leaving.CountBy(line => line.Country)
            .Sum(country => Math.Max(0, country.Value - taken.GetValueOrDefault(country.Key)));
        if (policy.IsTooMany(lost, expiries.Count - lapsed) && !isAccepted)
        {
            failed.UnionWith(leaving.Select(line => line.Id));
            round.Refuse(new Rejection(RejectionKind.Unavailable,
                $"{lost} of {expiries.Count - lapsed} foreign batches would leave at once: they stay"));
            return;
        }
        await store.LeaveBatchesAsync(leaving.Select(line => line.Id), now, cancel);
        round.ForeignBatchesRemoved += lapsed + leaving.Count;
    }
}
