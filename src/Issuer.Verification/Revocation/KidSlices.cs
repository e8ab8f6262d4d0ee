using Issuer.Hcert;

namespace Issuer.Verification.Revocation;

/// <summary>The slices of one DSC, and what makes looking many certificates up in them fast.</summary>
sealed class KidSlices
{
    readonly SliceKind kind;
    readonly Kid kid;
    readonly List<SliceDraft>[] chunks;

    /// <summary>Of prefix slices; whatever is in none of them is mostly told by it alone.</summary>
    readonly LeadingBits? leading;

    /// <summary>Of Bloom slices, until one of them is coded again.</summary>
    volatile BloomSlice[][]? coded;

    public KidSlices(
        SliceKind kind, Kid kid, DistributionMode mode,
        IEnumerable<(int Chunk, DateTimeOffset Expires, List<RevocationHash> Hashes)> sets)
    {
        (this.kind, this.kid, Mode) = (kind, kid, mode);
        chunks = [.. Enumerable.Range(0, DistributionModes.ChunksOf(mode)).Select(_ => new List<SliceDraft>())];
        var ordered = sets.OrderBy(set => set.Expires).ToList();
        var drafts = ordered.AsParallel().AsOrdered()
            .Select(set => (set.Chunk, Draft: new SliceDraft(kind, set.Expires, [.. set.Hashes])));
        foreach (var (chunk, draft) in drafts)
        {
            chunks[chunk].Add(draft);
        }
        leading = kind == SliceKind.Prefix
            ? new LeadingBits(ordered.Sum(set => (long)set.Hashes.Count), ordered.SelectMany(set => set.Hashes))
            : null;
    }

    public DistributionMode Mode { get; }

    public IEnumerable<PlacedSlice> Placed => chunks.SelectMany((drafts, chunk) => drafts.Select(draft =>
        new PlacedSlice(DistributionModes.AddressOf(kid, Mode, chunk), draft.Expires, draft.Coded)));

    public bool MayContain(ReadOnlySpan<byte> hash)
    {
        foreach (var draft in ChunkOf(hash))
        {
            if (draft.Coded.MayContain(hash))
            {
                return true;
            }
        }
        return false;
    }

    /// <inheritdoc cref="BuildSlices.MayRefuse(Kid, ReadOnlySpan{byte}, Span{bool})"/>
    public void LookUp(ReadOnlySpan<byte> hashes, Span<bool> isHit)
    {
        if (kind == SliceKind.Bloom)
        {
            coded ??= [.. chunks.Select(chunk => chunk.Select(draft => (BloomSlice)draft.Coded).ToArray())];
            new BloomLanes(coded, Mode).LookUp(hashes, isHit);
            return;
        }
        for (var at = 0; at < isHit.Length; at++)
        {
            var hash = hashes.Slice(at * RevocationHash.Length, RevocationHash.Length);
            isHit[at] = leading!.MayInclude(hash) && MayContain(hash);
        }
    }

    public bool TryAvoid(ReadOnlySpan<byte> hash)
    {
        coded = null;
        foreach (var draft in ChunkOf(hash))
        {
            while (draft.Coded.MayContain(hash))
            {
                if (!draft.TryCodeFiner())
                {
                    return false;
                }
            }
        }
        return true;
    }

    public void Keep(ChunkAddress address, DateTimeOffset expires, ReadOnlySpan<byte> before)
    {
        if (DistributionModes.ChunkAt(Mode, address) is { } chunk
            && chunks[chunk].Find(draft => draft.Expires == expires) is { } draft && draft.TryCodeAs(before))
        {
            coded = null;
        }
    }

    List<SliceDraft> ChunkOf(ReadOnlySpan<byte> hash) => chunks[DistributionModes.ChunkOf(Mode, hash)];
}
