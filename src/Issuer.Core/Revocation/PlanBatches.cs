using Issuer.Hcert;
using Issuer.Verification.Revocation;

namespace Issuer.Core.Revocation;

/// <summary>
/// What becomes of the batches. New ones are published before any is deleted, so that no hash is ever missing.
/// </summary>
/// <param name="Kept">Stay as they are.</param>
/// <param name="New">To sign and upload.</param>
/// <param name="Deleted">To delete: something in them was undone, or they were small and are merged.</param>
/// <param name="Lapsed">Their expiry has passed: the gateway drops them itself.</param>
/// <param name="Unexplained">Hashes that would leave though nobody undid them: publish nothing then.</param>
public sealed record BatchPlan(
    IReadOnlyList<RevocationBatch> Kept, IReadOnlyList<RevocationBatch> New, IReadOnlyList<RevocationBatch> Deleted,
    IReadOnlyList<RevocationBatch> Lapsed, IReadOnlyList<RevocationHash> Unexplained);

/// <summary>
/// Which batches the entries of today make, given those that are out. A batch cannot be changed: what is new goes into
/// new ones; to undo one hash its batch is deleted and the rest is published again.
/// </summary>
public static class PlanBatches
{
    /// <summary>So many batches below half may stand in one group; one more, and they are merged.</summary>
    const int MostSmallBatches = 8;

    /// <summary>A pure function of its arguments; the order of none of them matters.</summary>
    /// <param name="previous">Those that are out.</param>
    /// <param name="entries">All that are revoked or suspended, for as long as <see cref="RevocationBatch.ExpiryOf"/>
    /// their expiry is to come; the certificate itself may have expired before.</param>
    /// <param name="undone">Hashes whose revocation or suspension was undone by a signed act.</param>
    public static BatchPlan From(
        string country, IReadOnlyList<RevocationBatch> previous, IEnumerable<RevocationEntry> entries,
        IReadOnlySet<RevocationHash> undone, DateTimeOffset now)
    {
        var lapsed = previous.Where(batch => batch.Expires <= now).ToList();
        var standing = previous.Except(lapsed)
            .ToLookup(batch => new Group(batch.Kid, batch.Expires, batch.IsSuspension));
        var present = GroupsOf(entries, now);
        List<RevocationBatch> kept = [], added = [], deleted = [];
        foreach (var group in standing.Select(g => g.Key).Union(present.Keys).OrderBy(group => group.ToString(),
            StringComparer.Ordinal))
        {
            var hashes = present.GetValueOrDefault(group) ?? [];
            var keep = Keep([.. standing[group]], hashes);
            var batched = keep.SelectMany(batch => batch.Hashes).ToHashSet();
            kept.AddRange(keep);
            deleted.AddRange(standing[group].Except(keep));
            added.AddRange(BatchesOf(country, group, hashes.Where(hash => !batched.Contains(hash))));
        }
        var gone = deleted.SelectMany(batch => batch.Hashes).ToHashSet();
        gone.ExceptWith(present.Values.SelectMany(hashes => hashes));
        gone.ExceptWith(undone);
        return new BatchPlan(kept, added, deleted, lapsed, [.. gone]);
    }

    /// <summary>New batches for entries that are in none; all that are out stay.</summary>
    public static IReadOnlyList<RevocationBatch> Add(
        string country, IEnumerable<RevocationEntry> entries, DateTimeOffset now) =>
        [.. GroupsOf(entries, now).SelectMany(group => BatchesOf(country, group.Key, group.Value))];

    static Dictionary<Group, HashSet<RevocationHash>> GroupsOf(
        IEnumerable<RevocationEntry> entries, DateTimeOffset now) => entries
        .GroupBy(e => new Group(e.Kid, RevocationBatch.ExpiryOf(e.Expires), e.IsSuspension), e => e.Hash)
        .Where(group => group.Key.Expires > now)
        .ToDictionary(group => group.Key, group => group.ToHashSet());

    static IEnumerable<RevocationBatch> BatchesOf(string country, Group group, IEnumerable<RevocationHash> hashes) =>
        hashes.Order(RevocationHash.ByBytes).Chunk(RevocationBatch.MostHashes)
            .Select(chunk => new RevocationBatch(country, group.Kid, group.Expires, group.IsSuspension, chunk));

    /// <summary>Batches that hold nothing but what is present; not the small ones when there are many.</summary>
    static List<RevocationBatch> Keep(List<RevocationBatch> standing, HashSet<RevocationHash> present)
    {
        var whole = standing.Where(batch => batch.Hashes.All(present.Contains))
            .OrderBy(batch => batch.Id.ToString(), StringComparer.Ordinal).ToList();
        var small = whole.Where(batch => batch.Hashes.Count < RevocationBatch.MostHashes / 2).ToList();
        return small.Count > MostSmallBatches ? [.. whole.Except(small)] : whole;
    }

    sealed record Group(Kid Kid, DateTimeOffset Expires, bool IsSuspension);
}
