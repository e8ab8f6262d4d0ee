using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Issuer.Core.Revocation;

/// <summary>
/// A Bloom filter as the EU's readers have it (dgc-bloomfilter, BloomFilterImpl.java; eu-dcc.md 2.4), big-endian: short 1,
/// byte k, byte 0, float p, int n, int n again, int number of words, the words. The README there has k and the byte after
/// it the other way round: read so, every certificate in the world is revoked.
/// </summary>
public sealed class BloomSlice : RevocationSlice
{
    const int HeaderLength = 20;
    const int WordBits = 32;

    readonly byte[] bytes;
    readonly int k;
    readonly uint bits;

    readonly ulong wrap;

    BloomSlice(byte[] bytes)
    {
        this.bytes = bytes;
        k = bytes[2];
        bits = (uint)(bytes.Length - HeaderLength) * 8;
        wrap = WrapOf(bits);
    }

    public override ReadOnlyMemory<byte> Bytes => bytes;

    /// <param name="elements">At least one.</param>
    /// <param name="probability">Of a false hit, as configured; what comes out is smaller.</param>
    public static BloomSlice Of(IReadOnlyCollection<byte[]> elements, float probability)
    {
        ArgumentOutOfRangeException.ThrowIfZero(elements.Count, nameof(elements));
        var words = WordsFor(elements.Count, probability);
        var k = Math.Max(1, Math.Round((double)words * WordBits / elements.Count * Math.Log(2)));
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
            for (var i = 0; i < slice.k; i++)
            {
                var bit = slice.BitOf(element, i);
                bytes[HeaderLength + (bit >> 3)] |= (byte)(0x80 >> (int)(bit & 7));
            }
        }
        return slice;
    }

    public override bool MayContain(ReadOnlySpan<byte> hash)
    {
        for (var i = 0; i < k; i++)
        {
            var bit = BitOf(hash, i);
            if ((bytes[HeaderLength + (bit >> 3)] & (0x80 >> (int)(bit & 7))) == 0)
            {
                return false;
            }
        }
        return true;
    }

    uint BitOf(ReadOnlySpan<byte> element, int round) => BitOf(element, round, bits, wrap);

    /// <summary>SHA-256 over the element and the round's number in a byte, as a signed number, modulo the bits.</summary>
    /// <param name="wrap"><see cref="WrapOf"/> the bits, worked out once.</param>
    internal static uint BitOf(ReadOnlySpan<byte> element, int round, uint bits, ulong wrap)
    {
        Span<byte> seeded = stackalloc byte[element.Length + 1];
        element.CopyTo(seeded);
        seeded[^1] = (byte)round;
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(seeded, hash);
        var rest = 0UL;
        for (var at = 0; at < hash.Length; at += sizeof(uint))
        {
            rest = ((rest << WordBits) | BinaryPrimitives.ReadUInt32BigEndian(hash[at..])) % bits;
        }
        // A negative number is its unsigned reading less 2^256.
        return (uint)(hash[0] < 0x80 ? rest : (rest + bits - wrap) % bits);
    }

    /// <summary>2^256 modulo the bits.</summary>
    internal static ulong WrapOf(uint bits)
    {
        var wrap = 1UL;
        for (var limb = 0; limb < SHA256.HashSizeInBytes / sizeof(uint); limb++)
        {
            wrap = (wrap << WordBits) % bits;
        }
        return wrap;
    }

    /// <summary>The reference's sizing, remainder of bytes counted as words: readers do not care, vectors do.</summary>
    static int WordsFor(int count, float probability)
    {
        var bits = (int)Math.Ceiling(count * Math.Log(probability) / Math.Log(1 / Math.Pow(2, Math.Log(2))));
        var length = (bits / 8) + 1;
        return (length / 4) + (length % 4);
    }
}
