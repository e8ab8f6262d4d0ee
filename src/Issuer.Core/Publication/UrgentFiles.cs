using Issuer.Core.Pki;
using Issuer.Core.Revocation;
using Issuer.Verification.Publication;
using Issuer.Verification.Revocation;

namespace Issuer.Core.Publication;

/// <summary>
/// Step 12 for what cannot wait for its round: what was revoked for an urgent reason is added to the lists in place,
/// and nothing else. Nothing leaves a list here, so none can shrink. What is added is proved; the next round proves the
/// whole again.
/// </summary>
public sealed class UrgentFiles(
    IPublicationStore store, TrustAnchor anchor, PublicationPolicy policy, string country)
{
    /// <summary>A decision is stored a little later than its time says, and clocks of instances differ.</summary>
    static readonly TimeSpan Late = TimeSpan.FromHours(1);

    static readonly IReadOnlyList<RevocationReason> Reasons =
        [.. Enum.GetValues<RevocationReason>().Where(reason => reason.Rule().IsUrgent)];

    /// <param name="paths">Of the publication before.</param>
    /// <returns>
    /// <see cref="FileSet.Nothing"/>: there is nothing to hurry, or the next round makes all of the lists anew.
    /// </returns>
    public async Task<Result<FileSet>> RunAsync(
        IReadOnlyList<string> paths, DateTimeOffset now, CancellationToken cancel)
    {
        if ((await new ListInPlace(store, anchor).ReadAsync(paths, cancel))
            .IsRefused(out var unreadable, out var place))
        {
            return unreadable;
        }
        // Whoever pins this anchor believes none of another's lists: they are made anew in this round.
        if (place.State is not { } list || place.ByAnother || now < list.ThisUpdate)
        {
            return FileSet.Nothing;
        }
        return await store.SnapshotAsync(
            now, source => BuildAsync(source, list, paths, now, cancel), cancel);
    }

    async Task<Result<FileSet>> BuildAsync(
        IListSource source, CompactListState list, IReadOnlyList<string> paths, DateTimeOffset now,
        CancellationToken cancel)
    {
        var added = (await source.DeclaredAsync(Reasons, list.ThisUpdate - Late, cancel))
            .Where(one => !list.Revoked.Contains(one.Slot)).ToList();
        if (added.Count == 0)
        {
            return FileSet.Nothing;
        }
        var next = BuildCompactList.Extend(list, added);
        var asked = await source.AskAboutAsync([.. added.Select(one => one.Slot)], cancel);
        var proof = ListProof.OfAddition(list, next, [.. asked.Select(one => (one.Slot, one.IsRefused))]);
        var entries = await EntriesAsync(source, next, now, cancel);
        var slices = new BuildDistribution(
            entries, policy.Distribution, await DistributionBefore.ReadAsync(store, paths, cancel));
        if (added.Find(one => !slices.MayRefuse(one.Kid, one.Hash)) is { } missed)
        {
            return new Rejection(RejectionKind.Unavailable,
                $"urgent revocations are not published: slices of {missed.Kid} lack one of them");
        }
        // Nothing leaves, so there is nothing to explain, and no reading of every certificate.
        if (new BuildCompactList(source, anchor, policy, country).Sign(list, next, proof, Explanations.None)
            .IsRefused(out var unproved, out var compact))
        {
            return unproved;
        }
        var batches = BuildBatches.Of(
            PlanBatches.Add(country, added.Select(RevocationFiles.EntryOf), now), anchor, now);
        var changed = slices.Files(paths, now);
        return new FileSet(
            [.. compact, .. batches, .. changed.Changed],
            [
                .. policy.DeltasToKeep(paths), .. paths.Where(BuildBatches.IsBatch),
                .. paths.Where(ForeignRevocations.IsFile), .. changed.Kept,
            ]);
    }

    /// <summary>
    /// All that is in the lists with what is added: what else was revoked since waits for its round, so that the time
    /// of release names nobody.
    /// </summary>
    static async Task<List<RevocationEntry>> EntriesAsync(
        IListSource source, CompactListState next, DateTimeOffset now, CancellationToken cancel)
    {
        var entries = new List<RevocationEntry>();
        await foreach (var one in source.RefusedAsync(now - RevocationFiles.BatchRounding, cancel))
        {
            if ((next.Revoked.Contains(one.Slot) || one.ExpiresAt <= now)
                && RevocationBatch.ExpiryOf(one.ExpiresAt) > now)
            {
                entries.Add(RevocationFiles.EntryOf(one));
            }
        }
        return entries;
    }
}
