using System.Buffers.Binary;
using static Issuer.Hcert.DeflateTables;

namespace Issuer.Hcert;

/// <summary>
/// A DEFLATE encoder (RFC 1951) for something as small as a certificate: one block of fixed codes, with the best of
/// all ways to cut the input into literals and matches, or a stored block where that is shorter. At this size a table
/// of dynamic codes costs more than it saves, and zlib spends ten times as long setting up its state as on the work.
/// </summary>
static class SmallDeflate
{
    /// <summary>Largest input in bytes; an ES256 certificate has about 350.</summary>
    public const int MaxInput = 512;

    /// <summary>Most that the output can exceed the input by: the head of a stored block.</summary>
    public const int MaxExpansion = 5;

    const int HashSize = 1024;
    const int BlockHeadBits = 3;
    const int DistanceCodeBits = 5;

    // What to emit for a literal byte or a match length: the code, turned round to go out lowest bit first, with the
    // extra bits of a length above it.
    static readonly (ushort Code, byte Bits)[] LiteralCodes = [.. Enumerable.Range(0, EndOfBlock + 1).Select(FixedOf)];
    static readonly (ushort Code, byte Bits)[] LengthCodes = ReadLengthCodes();
    static readonly (ushort Code, byte Bits)[] DistanceCodes = ReadDistanceCodes();

    /// <summary>Writes the whole DEFLATE stream and returns its length in bytes.</summary>
    /// <param name="input">At most <see cref="MaxInput"/> bytes.</param>
    /// <param name="destination">Room for the input and <see cref="MaxExpansion"/> more.</param>
    public static int Encode(ReadOnlySpan<byte> input, Span<byte> destination)
    {
        Span<(short Length, short Distance)> steps = stackalloc (short, short)[MaxInput];
        var bits = BlockHeadBits + ShortestPath(input, steps) + LiteralCodes[EndOfBlock].Bits;
        if (bits > (input.Length + MaxExpansion) * 8)
        {
            return Store(input, destination);
        }
        var writer = new BitWriter(destination);
        writer.Write(0b011, BlockHeadBits);
        for (var i = 0; i < input.Length; i += steps[i].Length)
        {
            if (steps[i].Length == 1)
            {
                writer.Write(LiteralCodes[input[i]]);
            }
            else
            {
                writer.Write(LengthCodes[steps[i].Length]);
                writer.Write(DistanceCodes[steps[i].Distance]);
            }
        }
        writer.Write(LiteralCodes[EndOfBlock]);
        return writer.Finish();
    }

    // From the end backwards, the cheapest step at each place: a literal, or any length of any match there.
    static int ShortestPath(ReadOnlySpan<byte> input, Span<(short Length, short Distance)> steps)
    {
        Span<short> earlier = stackalloc short[MaxInput];
        LinkEqualStarts(input, earlier);
        Span<int> costs = stackalloc int[MaxInput + 1];
        costs[input.Length] = 0;
        for (var i = input.Length - 1; i >= 0; i--)
        {
            var best = costs[i + 1] + LiteralCodes[input[i]].Bits;
            steps[i] = (1, 0);
            for (int match = earlier[i]; match >= 0; match = earlier[match])
            {
                var longest = Math.Min(MaxMatch, input[i..].CommonPrefixLength(input[match..]));
                int distanceBits = DistanceCodes[i - match].Bits;
                for (var length = MinMatch; length <= longest; length++)
                {
                    var cost = costs[i + length] + distanceBits + LengthCodes[length].Bits;
                    if (cost < best)
                    {
                        best = cost;
                        steps[i] = ((short)length, (short)(i - match));
                    }
                }
            }
            costs[i] = best;
        }
        return costs[0];
    }

    // For each place the one before it whose first three bytes have the same hash, or -1.
    static void LinkEqualStarts(ReadOnlySpan<byte> input, Span<short> earlier)
    {
        Span<short> latest = stackalloc short[HashSize];
        latest.Fill(-1);
        earlier.Fill(-1);
        for (var i = 0; i + MinMatch <= input.Length; i++)
        {
            var hash = ((input[i] << 5) ^ (input[i + 1] << 3) ^ input[i + 2]) % HashSize;
            earlier[i] = latest[hash];
            latest[hash] = (short)i;
        }
    }

    static int Store(ReadOnlySpan<byte> input, Span<byte> destination)
    {
        destination[0] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(destination[1..], (ushort)input.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(destination[3..], (ushort)(input.Length ^ 0xFFFF));
        input.CopyTo(destination[MaxExpansion..]);
        return input.Length + MaxExpansion;
    }

    static (ushort Code, byte Bits) FixedOf(int symbol) =>
        (Reverse(FixedCode(symbol), FixedBits(symbol)), FixedBits(symbol));

    static (ushort Code, byte Bits)[] ReadLengthCodes()
    {
        var codes = new (ushort, byte)[MaxMatch + 1];
        for (var length = MinMatch; length <= MaxMatch; length++)
        {
            var index = LastNotAbove(LengthBases, length);
            var (code, bits) = FixedOf(FirstLengthSymbol + index);
            var extra = length - LengthBases[index];
            codes[length] = ((ushort)(code | (extra << bits)), (byte)(bits + LengthExtraBits[index]));
        }
        return codes;
    }

    static (ushort Code, byte Bits)[] ReadDistanceCodes()
    {
        var codes = new (ushort, byte)[MaxInput + 1];
        for (var distance = 1; distance <= MaxInput; distance++)
        {
            var index = LastNotAbove(DistanceBases, distance);
            var extra = (distance - DistanceBases[index]) << DistanceCodeBits;
            var bits = DistanceCodeBits + DistanceExtraBits[index];
            codes[distance] = ((ushort)(Reverse(index, DistanceCodeBits) | extra), (byte)bits);
        }
        return codes;
    }

    static int LastNotAbove(ReadOnlySpan<ushort> bases, int value)
    {
        var index = bases.Length - 1;
        while (bases[index] > value)
        {
            index--;
        }
        return index;
    }

    static ushort Reverse(int code, int bits)
    {
        var reversed = 0;
        for (var i = 0; i < bits; i++)
        {
            reversed |= ((code >> i) & 1) << (bits - 1 - i);
        }
        return (ushort)reversed;
    }

    ref struct BitWriter(Span<byte> destination)
    {
        readonly Span<byte> destination = destination;
        ulong held;
        int heldBits;
        int length;

        public void Write((ushort Code, byte Bits) code) => Write(code.Code, code.Bits);

        public void Write(uint value, int bits)
        {
            held |= (ulong)value << heldBits;
            heldBits += bits;
            while (heldBits >= 8)
            {
                destination[length++] = (byte)(held & 255);
                held >>= 8;
                heldBits -= 8;
            }
        }

        public int Finish()
        {
            if (heldBits > 0)
            {
                destination[length++] = (byte)held;
            }
            return length;
        }
    }
}
