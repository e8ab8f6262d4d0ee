using System.Buffers.Binary;
using System.Numerics;

namespace Issuer.Verification.Revocation;

/// <summary>
/// Reads what <see cref="GapWriter"/> writes. Every number costs at least a bit, so the work is bounded by the length
/// of the bytes, whatever count is claimed.
/// </summary>
sealed class GapReader(ReadOnlyMemory<byte> bytes)
{
    readonly long bits = bytes.Length * 8L;
    long at;

    /// <summary>One list of so many numbers below a bound; false when the bytes do not hold it.</summary>
    /// <param name="take">Gets each number, ascending; false ends the reading.</param>
    public bool TryRead(long count, long bound, Func<long, bool> take)
    {
        if (count > bits - at)
        {
            return false;
        }
        var span = bytes.Span;
        var (parameter, next) = (0, 0L);
        for (var i = 0L; i < count; i++)
        {
            if (i % GapWriter.BlockLength == 0)
            {
                parameter = (int)Get(span, GapWriter.ParameterBits);
                if (parameter >= GapWriter.LongGapBits)
                {
                    return false;
                }
            }
            var unary = BitOperations.LeadingZeroCount(~Peek(span));
            long gap;
            if (unary >= GapWriter.LongestUnary)
            {
                at += GapWriter.LongestUnary;
                gap = Get(span, GapWriter.LongGapBits);
            }
            else
            {
                at += unary + 1;
                gap = ((long)unary << parameter) | Get(span, parameter);
            }
            if (gap >= bound - next || at > bits || !take(next + gap))
            {
                return false;
            }
            next += gap + 1;
        }
        return true;
    }

    /// <summary>Whether nothing is left but the zero bits that fill the last byte.</summary>
    public bool IsAtEnd => bits - at < 8 && (at == bits || Peek(bytes.Span) == 0);

    long Get(ReadOnlySpan<byte> span, int count)
    {
        var value = count == 0 ? 0 : (long)(Peek(span) >> (64 - count));
        at += count;
        return value;
    }

    // At least 57 bits from here on, the first one highest; zeros after the end.
    ulong Peek(ReadOnlySpan<byte> span)
    {
        var start = (int)(at >> 3);
        if (start + 8 <= span.Length)
        {
            return BinaryPrimitives.ReadUInt64BigEndian(span[start..]) << (int)(at & 7);
        }
        Span<byte> last = stackalloc byte[8];
        if (start < span.Length)
        {
            span[start..].CopyTo(last);
        }
        return BinaryPrimitives.ReadUInt64BigEndian(last) << (int)(at & 7);
    }
}
