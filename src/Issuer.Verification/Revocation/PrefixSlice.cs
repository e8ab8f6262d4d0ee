using System.Buffers.Binary;

namespace Issuer.Verification.Revocation;

/// <summary>
/// The first bytes of each hash (dgca-partialvarhashfilter; eu-dcc.md 2.4), big-endian: short 1, float p, int n, byte
/// size, n times size bytes, in the order of signed numbers. Written raw: the reference goes through a big integer,
/// loses a leading FF before a byte from 80 on, and with it one revocation in 512.
/// </summary>
public sealed class PrefixSlice : RevocationSlice
{
    /// <summary>
    /// The reference's own choice, 4 to 8, refuses tens of thousands of good certificates of 75 million.
    /// </summary>
    public const int LeastSize = 7;

    const int HeaderLength = 11;

    readonly byte[] bytes;
    readonly int size;
    readonly int count;

    PrefixSlice(byte[] bytes)
    {
        this.bytes = bytes;
        size = bytes[10];
        count = (bytes.Length - HeaderLength) / size;
    }

    public override ReadOnlyMemory<byte> Bytes => bytes;

    /// <param name="size">Bytes of each hash, 1 to 16; what is published has at least <see cref="LeastSize"/>.</param>
    /// <param name="probability">Only stated in the header; readers ignore it.</param>
    public static PrefixSlice Of(IReadOnlyCollection<byte[]> hashes, int size, float probability)
    {
        ArgumentOutOfRangeException.ThrowIfZero(hashes.Count, nameof(hashes));
        var bytes = new byte[HeaderLength + (hashes.Count * size)];
        BinaryPrimitives.WriteInt16BigEndian(bytes, 1);
        BinaryPrimitives.WriteSingleBigEndian(bytes.AsSpan(2), probability);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(6), hashes.Count);
        bytes[10] = (byte)size;
        var at = HeaderLength;
        var byPrefix = Comparer<byte[]>.Create((a, b) => Compare(a.AsSpan(0, size), b.AsSpan(0, size)));
        foreach (var hash in hashes.Order(byPrefix))
        {
            hash.AsSpan(0, size).CopyTo(bytes.AsSpan(at));
            at += size;
        }
        return new PrefixSlice(bytes);
    }

    public override bool MayContain(ReadOnlySpan<byte> hash)
    {
        var (from, to) = (0, count);
        while (from < to)
        {
            var middle = (from + to) >> 1;
            var order = Compare(bytes.AsSpan(HeaderLength + (middle * size), size), hash[..size]);
            if (order == 0)
            {
                return true;
            }
            (from, to) = order < 0 ? (middle + 1, to) : (from, middle);
        }
        return false;
    }

    /// <summary>As signed numbers of equal length: the first byte tells the sign.</summary>
    static int Compare(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        var byFirst = unchecked((sbyte)a[0]).CompareTo(unchecked((sbyte)b[0]));
        return byFirst != 0 ? byFirst : a.SequenceCompareTo(b);
    }
}
