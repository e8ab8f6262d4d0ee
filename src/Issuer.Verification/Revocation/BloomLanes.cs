using System.Runtime.Intrinsics;
using Issuer.Hcert;

namespace Issuer.Verification.Revocation;

/// <summary>
/// Looks many hashes up in Bloom slices, eight side by side. Half of all rounds of a look-up are its last, so each lane
/// has a hash and a round of its own: what one look-up ends early, another uses. All slices of a chunk share a round.
/// </summary>
/// <param name="chunks">By number: the slices that a hash of the chunk is looked up in.</param>
sealed class BloomLanes(BloomSlice[][] chunks, DistributionMode mode)
{
    const int Idle = -1;

    readonly int[] number = new int[SeededSha256.Lanes];

    /// <summary>Of each lane, those that have had every bit so far.</summary>
    readonly BloomSlice[][] slices = [.. Enumerable.Range(0, SeededSha256.Lanes)
        .Select(_ => new BloomSlice[chunks.Max(chunk => chunk.Length)])];

    readonly int[] left = new int[SeededSha256.Lanes];
    readonly byte[] round = new byte[SeededSha256.Lanes];
    readonly byte[] elements = new byte[SeededSha256.Lanes * RevocationHash.Length];
    int next;

    /// <param name="hashes">One after another.</param>
    /// <param name="isHit">One for each, all false.</param>
    public void LookUp(ReadOnlySpan<byte> hashes, Span<bool> isHit)
    {
        next = 0;
        for (var lane = 0; lane < SeededSha256.Lanes; lane++)
        {
            Load(lane, hashes);
        }
        Span<Vector256<uint>> bits = stackalloc Vector256<uint>[SeededSha256.Words];
        while (number.AsSpan().ContainsAnyExcept(Idle))
        {
            SeededSha256.HashEach(elements, round, bits);
            for (var lane = 0; lane < SeededSha256.Lanes; lane++)
            {
                if (number[lane] != Idle && IsOver(lane, bits, isHit))
                {
                    Load(lane, hashes);
                }
            }
        }
    }

    /// <summary>One round of a lane; true when its hash has been looked up.</summary>
    bool IsOver(int lane, ReadOnlySpan<Vector256<uint>> bits, Span<bool> isHit)
    {
        round[lane]++;
        var hash = SeededSha256.Number(bits, lane);
        var (asked, kept) = (slices[lane], 0);
        for (var i = 0; i < left[lane]; i++)
        {
            var slice = asked[i];
            if (!slice.HasBit(hash))
            {
                continue;
            }
            if (round[lane] == slice.Rounds)
            {
                return isHit[number[lane]] = true;
            }
            asked[kept++] = slice;
        }
        left[lane] = kept;
        return kept == 0;
    }

    /// <summary>The next hash that has a slice.</summary>
    void Load(int lane, ReadOnlySpan<byte> hashes)
    {
        round[lane] = 0;
        while (next < hashes.Length / RevocationHash.Length)
        {
            var hash = hashes.Slice(next * RevocationHash.Length, RevocationHash.Length);
            number[lane] = next++;
            var chunk = chunks[DistributionModes.ChunkOf(mode, hash)];
            if (chunk.Length > 0)
            {
                left[lane] = chunk.Length;
                chunk.CopyTo(slices[lane], 0);
                hash.CopyTo(elements.AsSpan(lane * RevocationHash.Length));
                return;
            }
        }
        number[lane] = Idle;
    }
}
