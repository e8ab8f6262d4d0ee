using System.Buffers;
using System.Numerics;

namespace Issuer.Verification.Revocation;

/// <summary>
/// Ascending numbers as Golomb-Rice codes of the gaps between them (docs/compact-list.md, "The body"): within 1 % of
/// what uniformly scattered numbers need at least. The parameter is chosen anew for each block, so that shards that
/// were hit harder cost less.
/// </summary>
sealed class GapWriter
{
    internal const int BlockLength = 1024;
    internal const int ParameterBits = 6;
    internal const int LongestUnary = 24;
    internal const int LongGapBits = 35;

    readonly ArrayBufferWriter<byte> bytes = new();
    readonly List<long> block = new(BlockLength);
    ulong pending;
    int pendingBits;

    /// <summary>One list; further ones may follow in the same bytes.</summary>
    public void Write(IEnumerable<long> ascending)
    {
        var next = 0L;
        foreach (var number in ascending)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(number, next, nameof(ascending));
            block.Add(number - next);
            next = number + 1;
            if (block.Count == BlockLength)
            {
                WriteBlock();
            }
        }
        WriteBlock();
    }

    /// <summary>The bytes, the last one filled with zero bits.</summary>
    public byte[] Finish()
    {
        Put(0, (8 - (pendingBits & 7)) & 7);
        return bytes.WrittenSpan.ToArray();
    }

    void WriteBlock()
    {
        if (block.Count == 0)
        {
            return;
        }
        var parameter = CheapestParameter();
        Put((ulong)parameter, ParameterBits);
        foreach (var gap in block)
        {
            var unary = gap >> parameter;
            if (unary >= LongestUnary)
            {
                Put((1UL << LongestUnary) - 1, LongestUnary);
                Put((ulong)gap, LongGapBits);
            }
            else
            {
                Put((1UL << ((int)unary + 1)) - 2, (int)unary + 1);
                Put((ulong)gap & ((1UL << parameter) - 1), parameter);
            }
        }
        block.Clear();
    }

    /// <summary>
    /// The cost has one valley, near the logarithm of the mean gap. Of equals the smaller, so that all agree.
    /// </summary>
    int CheapestParameter()
    {
        var about = BitOperations.Log2((ulong)(block.Sum() / block.Count) + 1);
        return Enumerable.Range(Math.Max(0, about - 2), 4).MinBy(Cost);
    }

    long Cost(int parameter) => block.Sum(gap => gap >> parameter is var unary && unary >= LongestUnary
        ? LongestUnary + LongGapBits
        : unary + 1 + parameter);

    void Put(ulong value, int count)
    {
        pending = (pending << count) | value;
        pendingBits += count;
        for (; pendingBits >= 8; pendingBits -= 8)
        {
            bytes.GetSpan(1)[0] = (byte)(pending >> (pendingBits - 8) & 0xFF);
            bytes.Advance(1);
        }
    }
}
