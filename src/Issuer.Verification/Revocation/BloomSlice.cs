using System.Buffers.Binary;
using System.Runtime.Intrinsics;

namespace Issuer.Verification.Revocation;

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
            if (!HasBit(SeededSha256.Number(hashes, round % SeededSha256.Lanes)))
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>How many bits an element has.</summary>
    internal int Rounds => rounds;

    /// <summary>Whether the bit of a hash is set: one round of a look-up.</summary>
    internal bool HasBit(Vector256<uint> number)
    {
        var bit = index.Of(number);
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
            var bit = index.Of(SeededSha256.Number(hashes, round % SeededSha256.Lanes));
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
