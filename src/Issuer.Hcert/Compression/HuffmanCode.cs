namespace Issuer.Hcert;

/// <summary>
/// A canonical Huffman code (RFC 1951 section 3.2.2): within one length, codes count up in the order of their symbols.
/// Short codes are looked up at once, long ones read bit by bit.
/// </summary>
sealed class HuffmanCode
{
    /// <summary>Codes of so many bits stand in the table: all but rare symbols.</summary>
    public const int ShortBits = 9;

    const int MaxBits = 15;

    /// <summary>
    /// By the next bits of the stream: the symbol times 16 and the length of its code; 0 for a long one.
    /// </summary>
    readonly ushort[] shortCodes = new ushort[1 << ShortBits];

    readonly ushort[] counts = new ushort[MaxBits + 1];
    readonly ushort[] symbols;

    /// <summary>Builds the code from the length of each symbol's code, 0 for unused.</summary>
    /// <exception cref="InvalidDataException">Too many codes, or too few.</exception>
    public HuffmanCode(byte[] lengths)
    {
        var offsets = new ushort[MaxBits + 2];
        foreach (var length in lengths)
        {
            counts[length]++;
        }
        var used = lengths.Length - counts[0];
        counts[0] = 0;
        var free = 1;
        for (var bits = 1; bits <= MaxBits; bits++)
        {
            free = (free << 1) - counts[bits];
            offsets[bits + 1] = (ushort)(offsets[bits] + counts[bits]);
            if (free < 0)
            {
                throw new InvalidDataException("too many Huffman codes of one length");
            }
        }
        // A code with gaps is lawful only when it has no symbol, or one of one bit.
        if (free > 0 && (used > 1 || counts[1] < used))
        {
            throw new InvalidDataException("a Huffman code with gaps");
        }
        symbols = new ushort[used];
        for (var symbol = 0; symbol < lengths.Length; symbol++)
        {
            if (lengths[symbol] > 0)
            {
                symbols[offsets[lengths[symbol]]++] = (ushort)symbol;
            }
        }
        FillShortCodes();
    }

    /// <summary>
    /// The symbol that these bits begin with, the first the lowest, and its length; length 0: a long one.
    /// </summary>
    public (int Symbol, int Length) Short(ulong bits)
    {
        int found = shortCodes[(int)(bits & ((1 << ShortBits) - 1))];
        return (found >> 4, found & 15);
    }

    void FillShortCodes()
    {
        var (code, next) = (0, 0);
        for (var length = 1; length <= ShortBits; length++, code <<= 1)
        {
            for (var count = counts[length]; count > 0; count--, code++)
            {
                var found = (ushort)((symbols[next++] << 4) | length);
                // The stream has a code's first bit lowest; whatever follows it is another's.
                for (var bits = Reversed(code, length); bits < shortCodes.Length; bits += 1 << length)
                {
                    shortCodes[bits] = found;
                }
            }
        }
    }

    static int Reversed(int code, int length)
    {
        var reversed = 0;
        for (; length > 0; length--, code >>= 1)
        {
            reversed = (reversed << 1) | (code & 1);
        }
        return reversed;
    }

    /// <summary>Goes one bit further; null until a symbol is reached.</summary>
    /// <exception cref="InvalidDataException">No symbol has this code.</exception>
    public int? Step(ref Walk walk, int bit)
    {
        if (++walk.Bits > MaxBits)
        {
            throw new InvalidDataException("no such Huffman code");
        }
        walk.Code = (walk.Code << 1) | bit;
        walk.First <<= 1;
        int count = counts[walk.Bits];
        if (walk.Code - walk.First < count)
        {
            return symbols[walk.Index + walk.Code - walk.First];
        }
        walk.Index += count;
        walk.First += count;
        return null;
    }

    /// <summary>A place on the way to a symbol; begins as the default value.</summary>
    public struct Walk
    {
        internal int Bits;
        internal int Code;
        internal int First;
        internal int Index;
    }
}
