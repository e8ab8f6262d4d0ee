using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Issuer.Core.Revocation;

/// <summary>
/// A Bloom filter as the EU's readers have it (dgc-bloomfilter, BloomFilterImpl.java; eu-dcc.md 2.4), big-endian: short
/// 1, byte k, byte 0, float p, int n, int n again, int number of words, the words. The README there has k and the byte
/// after it the other way round: read so, every certificate in the world is revoked.
/// </summary>
public sealed class BloomSlice : RevocationSlice
{
    const int HeaderLength = 20;
    const int WordBits = 32;
    const int MostRounds = byte.MaxValue - SeededSha256.Lanes;

    readonly byte[] bytes;
    readonly int rounds;
    readonly BloomIndex index;

    BloomSlice(byte[] bytes)
    {
        this.bytes = bytes;
        rounds = bytes[2];
        index = new BloomIndex((uint)(bytes.Length - HeaderLength) * 8);
    }

    public override ReadOnlyMemory<byte> Bytes => bytes;

    /// <param name="elements">At least one.</param>
    /// <param name="probability">Of a false hit, as configured; what comes out is smaller.</param>
    public static BloomSlice Of(IReadOnlyCollection<byte[]> elements, float probability)
    {
        ArgumentOutOfRangeException.ThrowIfZero(elements.Count, nameof(elements));
        var words = WordsFor(elements.Count, probability);
        var k = Math.Clamp(Math.Round((double)words * WordBits / elements.Count * Math.Log(2)), 1, MostRounds);
        var bytes = new byte[HeaderLength + (words * WordBits / 8)];
        BinaryPrimitives.WriteInt16BigEndian(bytes, 1);
        bytes[2] = (byte)k;
        BinaryPrimitives.WriteSingleBigEndian(bytes.AsSpan(4), probability);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(8), elements.Count);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(12), elements.Count);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(16), words);
        var slice = new BloomSlice(bytes);
        foreach (var element in elements)
        {
            slice.Add(element);
        }
        return slice;
    }

    public override bool MayContain(ReadOnlySpan<byte> hash)
    {
        Span<Vector256<uint>> hashes = stackalloc Vector256<uint>[SeededSha256.Words];
        for (var round = 0; round < rounds; round++)
        {
            if (round % SeededSha256.Lanes == 0)
            {
                SeededSha256.Hash(hash, (byte)round, hashes);
            }
            if (!HasBit(hashes, round % SeededSha256.Lanes))
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>How many bits an element has.</summary>
    internal int Rounds => rounds;

    /// <summary>Whether the bit of a lane's hash is set: one round of a look-up.</summary>
    internal bool HasBit(ReadOnlySpan<Vector256<uint>> hashes, int lane)
    {
        var bit = index.Of(hashes, lane);
        return (bytes[HeaderLength + (bit >> 3)] & (0x80 >> (int)(bit & 7))) != 0;
    }

    void Add(ReadOnlySpan<byte> element)
    {
        Span<Vector256<uint>> hashes = stackalloc Vector256<uint>[SeededSha256.Words];
        for (var round = 0; round < rounds; round++)
        {
            if (round % SeededSha256.Lanes == 0)
            {
                SeededSha256.Hash(element, (byte)round, hashes);
            }
            var bit = index.Of(hashes, round % SeededSha256.Lanes);
            bytes[HeaderLength + (bit >> 3)] |= (byte)(0x80 >> (int)(bit & 7));
        }
    }

    /// <summary>The reference's sizing, remainder of bytes counted as words: readers do not care, vectors do.</summary>
    static int WordsFor(int count, float probability)
    {
        var bits = (int)Math.Ceiling(count * Math.Log(probability) / Math.Log(1 / Math.Pow(2, Math.Log(2))));
        var length = (bits / 8) + 1;
        return (length / 4) + (length % 4);
    }
}

/// <summary>A hash as a signed number, modulo the bits of a filter.</summary>
readonly struct BloomIndex
{
    /// <summary>With more bits the sum of eight products could pass 64 bits.</summary>
    const uint MostBits = 1 << 29;

    readonly uint bits;

    /// <summary>2^64 divided by the bits: a product with it is much faster than a division.</summary>
    readonly ulong reciprocal;

    /// <summary>2^(32 (7 - i)) modulo the bits.</summary>
    readonly ulong[] powers = new ulong[SeededSha256.Words];

    /// <summary>2^256 modulo the bits.</summary>
    readonly ulong wrap;

    public BloomIndex(uint bits)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bits, MostBits);
        this.bits = bits;
        reciprocal = ulong.MaxValue / bits;
        var power = 1UL % bits;
        for (var word = SeededSha256.Words - 1; word >= 0; word--)
        {
            powers[word] = power;
            power = (power << 32) % bits;
        }
        wrap = power;
    }

    public uint Of(ReadOnlySpan<Vector256<uint>> hashes, int lane)
    {
        var words = MemoryMarshal.Cast<Vector256<uint>, uint>(hashes);
        var sum = 0UL;
        for (var word = 0; word < powers.Length; word++)
        {
            sum += words[(word * SeededSha256.Lanes) + lane] * powers[word];
        }
        // A negative number is its unsigned reading less 2^256.
        var remainder = Remainder(sum);
        return words[lane] < 0x80000000 || remainder >= wrap
            ? (uint)(words[lane] < 0x80000000 ? remainder : remainder - wrap)
            : (uint)(remainder + bits - wrap);
    }

    /// <summary>The quotient by the reciprocal is right or one too small.</summary>
    ulong Remainder(ulong value)
    {
        var remainder = value - (Math.BigMul(value, reciprocal, out _) * bits);
        return remainder < bits ? remainder : remainder - bits;
    }
}
