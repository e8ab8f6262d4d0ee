using System.Runtime.Intrinsics;
using Issuer.Hcert;

namespace Issuer.Core.Revocation;

/// <summary>
/// Looks many hashes up in Bloom slices, eight side by side. Half of all rounds of a look-up are its last, so each lane
/// has a hash and a round of its own: what one look-up ends early, another uses.
/// </summary>
/// <param name="chunks">By number: the slices that a hash of the chunk is looked up in, one after another.</param>
sealed class BloomLanes(BloomSlice[][] chunks, DistributionMode mode)
{
    const int Idle = -1;

    readonly int[] number = new int[SeededSha256.Lanes];
    readonly BloomSlice[][] slices = new BloomSlice[SeededSha256.Lanes][];
    readonly int[] slice = new int[SeededSha256.Lanes];
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
        var asked = slices[lane][slice[lane]];
        if (!asked.HasBit(bits, lane))
        {
            round[lane] = 0;
            return ++slice[lane] == slices[lane].Length;
        }
        return ++round[lane] == asked.Rounds && (isHit[number[lane]] = true);
    }

    /// <summary>The next hash that has a slice.</summary>
    void Load(int lane, ReadOnlySpan<byte> hashes)
    {
        (slice[lane], round[lane]) = (0, 0);
        while (next < hashes.Length / RevocationHash.Length)
        {
            var hash = hashes.Slice(next * RevocationHash.Length, RevocationHash.Length);
            number[lane] = next++;
            slices[lane] = chunks[DistributionModes.ChunkOf(mode, hash)];
            if (slices[lane].Length > 0)
            {
                hash.CopyTo(elements.AsSpan(lane * RevocationHash.Length));
                return;
            }
        }
        number[lane] = Idle;
    }
}
