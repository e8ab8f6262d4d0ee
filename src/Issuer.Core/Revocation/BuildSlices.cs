using Issuer.Hcert;

namespace Issuer.Core.Revocation;

public enum SliceKind
{
    Bloom,
    Prefix,
}

/// <summary>A slice with its place; its name is the SHA-256 of its bytes.</summary>
public sealed record PlacedSlice(ChunkAddress Address, DateTimeOffset Expires, RevocationSlice Slice);

/// <summary>
/// The distribution lists of our DSCs, coded so that none of our certificates is hit that should not be. Chance alone
/// would hit some, so every certificate is looked up as a verifier would, and a slice that hits a good one is coded
/// again, more finely.
/// </summary>
public sealed class BuildSlices
{
    /// <summary>75 million certificates and this leave a hundredth of a false hit before the proof.</summary>
    const float FirstProbability = 1e-10f;

    readonly SliceKind kind;
    readonly Dictionary<Kid, KidSlices> byKid;

    /// <param name="entries">All revoked and suspended ones whose batch has not expired.</param>
    public BuildSlices(SliceKind kind, IEnumerable<RevocationEntry> entries)
    {
        this.kind = kind;
        byKid = entries.GroupBy(e => e.Kid).ToDictionary(group => group.Key, group => new KidSlices(kind, group));
    }

    public IEnumerable<PlacedSlice> Slices => byKid.OrderBy(pair => pair.Key.ToString(), StringComparer.Ordinal)
        .SelectMany(pair => pair.Value.Chunks.SelectMany((slices, chunk) => slices.Select(slice => new PlacedSlice(
            DistributionModes.AddressOf(pair.Key, pair.Value.Mode, chunk), slice.Expires, slice.Coded))));

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
        if (!byKid.TryGetValue(kid, out var slices))
        {
            return;
        }
        if (kind == SliceKind.Bloom)
        {
            BloomSlice[][] coded = [.. slices.Chunks.Select(
                chunk => chunk.Select(slice => (BloomSlice)slice.Coded).ToArray())];
            new BloomLanes(coded, slices.Mode).LookUp(hashes, isRefused);
            return;
        }
        for (var at = 0; at < isRefused.Length; at++)
        {
            isRefused[at] = slices.MayContain(hashes.Slice(at * RevocationHash.Length, RevocationHash.Length));
        }
    }

    /// <summary>Codes the slices that hit this good certificate again; then everything is to be proved again.</summary>
    /// <exception cref="InvalidOperationException">It stands in the list itself.</exception>
    public void Avoid(Kid kid, byte[] hash)
    {
        var slices = byKid[kid];
        foreach (var slice in slices.ChunkOf(hash))
        {
            while (slice.Coded.MayContain(hash))
            {
                slice.CodeFiner(kind);
            }
        }
    }

    sealed class KidSlices
    {
        public KidSlices(SliceKind kind, IGrouping<Kid, RevocationEntry> entries)
        {
            Mode = DistributionModes.For(entries.LongCount());
            Chunks = [.. Enumerable.Range(0, DistributionModes.ChunksOf(Mode)).Select(_ => new List<Draft>())];
            var drafts = entries.Select(entry => (Hash: entry.Hash.ToBytes(), entry.Expires)).GroupBy(
                e => (Chunk: DistributionModes.ChunkOf(Mode, e.Hash), Expires: RevocationBatch.ExpiryOf(e.Expires)),
                e => e.Hash);
            var coded = drafts.OrderBy(draft => draft.Key.Expires).AsParallel().AsOrdered()
                .Select(draft => (draft.Key.Chunk, Draft: new Draft(kind, draft.Key.Expires, [.. draft])));
            foreach (var (chunk, draft) in coded)
            {
                Chunks[chunk].Add(draft);
            }
        }

        public DistributionMode Mode { get; }

        public List<Draft>[] Chunks { get; }

        public List<Draft> ChunkOf(ReadOnlySpan<byte> hash) => Chunks[DistributionModes.ChunkOf(Mode, hash)];

        public bool MayContain(ReadOnlySpan<byte> hash)
        {
            foreach (var slice in ChunkOf(hash))
            {
                if (slice.Coded.MayContain(hash))
                {
                    return true;
                }
            }
            return false;
        }
    }

    sealed class Draft
    {
        readonly List<byte[]> hashes;
        float probability = FirstProbability;
        int size = PrefixSlice.LeastSize;

        public Draft(SliceKind kind, DateTimeOffset expires, List<byte[]> hashes)
        {
            this.hashes = hashes;
            Expires = expires;
            Coded = Code(kind);
        }

        public DateTimeOffset Expires { get; }

        public RevocationSlice Coded { get; private set; }

        public void CodeFiner(SliceKind kind)
        {
            (probability, size) = (probability / 100, size + 1);
            if (size > RevocationHash.Length)
            {
                throw new InvalidOperationException("A good certificate has the hash of a revoked one.");
            }
            Coded = Code(kind);
        }

        RevocationSlice Code(SliceKind kind) => kind == SliceKind.Bloom
            ? BloomSlice.Of(hashes, probability)
            : PrefixSlice.Of(hashes, size, probability);
    }
}
