using System.Buffers.Binary;
using System.Numerics;
using Issuer.Hcert;

namespace Issuer.Verification.Revocation;

/// <summary>
/// Whether any of some hashes begins as another does: a bit for each value of so many leading bits that few are set.
/// A no is certain; a yes is to be looked at more closely.
/// </summary>
sealed class LeadingBits
{
    /// <summary>Of as many hashes that are not among them, one gets a yes.</summary>
    const int Sparseness = 32;

    const int WordBits = 64;

    readonly ulong[] words;
    readonly int shift;

    /// <param name="count">How many there are; at most 2^32 / <see cref="Sparseness"/> are told apart well.</param>
    public LeadingBits(long count, IEnumerable<RevocationHash> hashes)
    {
        var bits = Math.Clamp(BitOperations.RoundUpToPowerOf2((ulong)count * Sparseness), WordBits, 1UL << 32);
        shift = 32 - BitOperations.Log2(bits);
        words = new ulong[bits / WordBits];
        Span<byte> bytes = stackalloc byte[RevocationHash.Length];
        foreach (var hash in hashes)
        {
            hash.CopyTo(bytes);
            var place = PlaceOf(bytes);
            words[place / WordBits] |= 1UL << (int)(place % WordBits);
        }
    }

    public bool MayInclude(ReadOnlySpan<byte> hash)
    {
        var place = PlaceOf(hash);
        return (words[place / WordBits] >> (int)(place % WordBits) & 1) != 0;
    }

    uint PlaceOf(ReadOnlySpan<byte> hash) => BinaryPrimitives.ReadUInt32BigEndian(hash) >> shift;
}
