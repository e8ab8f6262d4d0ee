using System.Runtime.InteropServices;
using Issuer.Hcert;

namespace Issuer.Verification.Revocation;

/// <summary>A slice with its place; its name is the SHA-256 of its bytes.</summary>
public sealed record PlacedSlice(ChunkAddress Address, DateTimeOffset Expires, RevocationSlice Slice);

/// <summary>
/// The distribution lists of our DSCs, coded so that none of our certificates is hit that should not be. Chance alone
/// would hit some, so every certificate is looked up as a verifier would, and a slice that hits a good one is coded
/// again, more finely.
/// </summary>
public sealed class BuildSlices
{
    readonly Dictionary<Kid, KidSlices> byKid = [];

    /// <param name="entries">All revoked and suspended ones whose batch has not expired; gone through twice.</param>
    public BuildSlices(SliceKind kind, IEnumerable<RevocationEntry> entries, DistributionThresholds? thresholds = null)
    {
        var modes = entries.CountBy(entry => entry.Kid).ToDictionary(
            count => count.Key, count => (thresholds ?? DistributionThresholds.Reference).ModeFor(count.Value));
        var sets = new Dictionary<(Kid Kid, int Chunk, DateTimeOffset Expires), List<RevocationHash>>();
        Span<byte> hash = stackalloc byte[RevocationHash.Length];
        foreach (var entry in entries)
        {
            entry.Hash.CopyTo(hash);
            var chunk = DistributionModes.ChunkOf(modes[entry.Kid], hash);
            (CollectionsMarshal.GetValueRefOrAddDefault(
                sets, (entry.Kid, chunk, RevocationBatch.ExpiryOf(entry.Expires)), out _) ??= []).Add(entry.Hash);
        }
        foreach (var group in sets.GroupBy(set => set.Key.Kid))
        {
            byKid.Add(group.Key, new KidSlices(kind, group.Key, modes[group.Key],
                group.Select(set => (set.Key.Chunk, set.Key.Expires, set.Value))));
        }
    }

    /// <summary>By kid, chunk and expiry.</summary>
    public IEnumerable<PlacedSlice> Slices => byKid.OrderBy(pair => pair.Key.ToString(), StringComparer.Ordinal)
        .SelectMany(pair => pair.Value.Placed);

    public DistributionMode ModeOf(Kid kid) => byKid[kid].Mode;

    /// <summary>
    /// Whether a verifier would refuse this certificate: it looks into every slice of its chunk. Any number of threads
    /// may ask at once.
    /// </summary>
    public bool MayRefuse(Kid kid, ReadOnlySpan<byte> hash) =>
        byKid.TryGetValue(kid, out var slices) && slices.MayContain(hash);

    /// <summary>The same for many hashes of one DSC, which lie one after another: what a proof takes.</summary>
    /// <param name="isRefused">One for each hash; written whole.</param>
    public void MayRefuse(Kid kid, ReadOnlySpan<byte> hashes, Span<bool> isRefused)
    {
        isRefused.Clear();
        if (byKid.TryGetValue(kid, out var slices))
        {
            slices.LookUp(hashes, isRefused);
        }
    }

    /// <summary>Codes the slices that hit this good certificate again; then everything is to be proved again.</summary>
    /// <returns>False: it stands in the list itself.</returns>
    public bool TryAvoid(Kid kid, ReadOnlySpan<byte> hash) => byKid[kid].TryAvoid(hash);

    /// <summary>
    /// A slice whose set is the one it had keeps its bytes: it may have been coded more finely for a certificate that
    /// has expired since. Before the proof.
    /// </summary>
    public void Keep(ChunkAddress address, DateTimeOffset expires, ReadOnlySpan<byte> before)
    {
        if (byKid.TryGetValue(address.Kid, out var slices))
        {
            slices.Keep(address, expires, before);
        }
    }
}
