using Issuer.Core.Pki;
using Issuer.Core.Revocation;
using Issuer.Verification.Publication;
using Issuer.Verification.Revocation;

namespace Issuer.Core.Publication;

/// <summary>The files of a publication: those to write, and the paths of those that stay.</summary>
public sealed record FileSet(IReadOnlyList<PublishedFile> Changed, IReadOnlyList<string> Kept)
{
    /// <summary>No publication: what is in place stays.</summary>
    public static FileSet Nothing { get; } = new([], []);
}

/// <summary>
/// Step 12 for revocation, whole: every form of the lists from one moment of the store. Either all of it is published
/// or nothing.
/// </summary>
public sealed class RevocationFiles(
    IPublicationStore store, TrustAnchor anchor, PublicationPolicy policy, string country)
{
    /// <summary>A batch's expiry is at most a week after its certificates'.</summary>
    internal static readonly TimeSpan BatchRounding = TimeSpan.FromDays(7);

    /// <summary>Whether a path is of the lists, which are made in rounds.</summary>
    public static bool IsOurs(string path) =>
        path.StartsWith("revocation/", StringComparison.Ordinal) || DistributionLists.IsOurs(path);

    /// <param name="paths">Of the publication before.</param>
    public async Task<Result<FileSet>> RunAsync(
        IReadOnlyList<string> paths, DateTimeOffset now, CancellationToken cancel)
    {
        if ((await new ListInPlace(store, anchor).ReadAsync(paths, cancel))
            .IsRefused(out var unreadable, out var previous))
        {
            return unreadable;
        }
        var batches = new List<RevocationBatch>();
        foreach (var path in paths.Where(BuildBatches.IsJson))
        {
            if (await store.FileAsync(path, cancel) is not { } file || BuildBatches.Read(file) is not { } batch)
            {
                return new Rejection(RejectionKind.Unavailable, $"{path} in place cannot be read: it stays");
            }
            batches.Add(batch);
        }
        var before = new Before(
            paths, previous, batches, await DistributionBefore.ReadAsync(store, paths, cancel));
        return await store.SnapshotAsync(now, source => BuildAsync(source, before, now, cancel), cancel);
    }

    async Task<Result<FileSet>> BuildAsync(
        IListSource source, Before before, DateTimeOffset now, CancellationToken cancel)
    {
        var refused = new List<ListedCertificate>();
        await foreach (var one in source.RefusedAsync(now - BatchRounding, cancel))
        {
            refused.Add(one);
        }
        var entries = refused.ConvertAll(EntryOf);
        var list = new BuildCompactList(source, anchor, policy, country);
        var draft = list.Draft(before.List.State, refused.Where(one => one.ExpiresAt > now), now);
        var distribution = new BuildDistribution(
            entries.FindAll(entry => RevocationBatch.ExpiryOf(entry.Expires) > now), policy.Distribution,
            before.Distribution);
        if ((await ProveAsync(source, draft, distribution, cancel)).IsRefused(out var unproved, out var proof))
        {
            return unproved;
        }
        if ((await list.SignAsync(before.List.State, draft, proof, cancel)).IsRefused(out var noList, out var compact))
        {
            return noList;
        }
        var plan = PlanBatches.From(
            country, before.Batches, entries, await source.UndoneAsync(now - BatchRounding, cancel), now);
        if (BuildBatches.From(plan, anchor, now, before.List.ByAnother).IsRefused(out var noBatches, out var files))
        {
            return noBatches;
        }
        // Whoever pins this anchor believes none of another's, and takes the full list.
        var deltas = before.List.ByAnother ? [] : policy.DeltasToKeep(before.Paths);
        var slices = distribution.Files(before.Paths, now);
        return new FileSet(
            [.. compact, .. files.Changed, .. slices.Changed], [.. deltas, .. files.Kept, .. slices.Kept]);
    }

    /// <summary>
    /// One reading of every unexpired certificate proves each form that it may be looked up in. Slices that hit a good
    /// one are coded again, and then everything is proved again.
    /// </summary>
    static async Task<Result<ListProof>> ProveAsync(
        IListSource source, CompactListState draft, BuildDistribution distribution, CancellationToken cancel)
    {
        while (true)
        {
            var (list, slices) = (new ProveList(draft), distribution.Prove());
            await foreach (var one in source.UnexpiredAsync(cancel))
            {
                list.Compare(one.Slot, one.IsRefused);
                slices.Compare(one.Kid, one.Hash, one.IsRefused);
            }
            var proof = slices.Finish();
            if (proof.Missed > 0 || !proof.FalseHits.All(hit => hit.Lists.TryAvoid(hit.Kid, hit.Hash.ToBytes())))
            {
                return new Rejection(RejectionKind.Unavailable,
                    $"the distribution lists are not published; those in place stay: {proof.Missed} revoked "
                    + $"certificates missing, {proof.FalseHits.Count} good ones refused");
            }
            if (proof.FalseHits.Count == 0)
            {
                return list.Finish();
            }
        }
    }

    /// <summary>A suspension's batch ends with the certificate: lifting it deletes the batch.</summary>
    internal static RevocationEntry EntryOf(ListedCertificate one) =>
        new(one.Kid, one.Hash, one.ExpiresAt, one.IsSuspended);

    /// <summary>What the publication before holds.</summary>
    sealed record Before(
        IReadOnlyList<string> Paths, HeldList List, IReadOnlyList<RevocationBatch> Batches,
        DistributionBefore Distribution);
}
