using static Issuer.Hcert.DeflateTables;

namespace Issuer.Hcert;

/// <summary>
/// A DEFLATE decoder (RFC 1951) for foreign bytes. Unlike the platform's it says where the stream ended, so that
/// nothing can hide behind it, and it never makes more than it was allowed to.
/// </summary>
ref struct Inflater
{
    static readonly HuffmanCode FixedLiterals =
        new([.. Enumerable.Range(0, LiteralSymbols).Select(FixedBits)]);

    static readonly HuffmanCode FixedDistances = new([.. Enumerable.Repeat((byte)5, FixedDistanceCodes)]);

    // Two of them stand for nothing and are refused when met.
    const int FixedDistanceCodes = 32;

    /// <summary>Enough for a certificate of ES256; more is made as it is needed.</summary>
    const int FirstRoom = 1024;

    readonly ReadOnlySpan<byte> input;
    readonly int limit;
    byte[] output;
    int position;
    int written;
    ulong held;
    int heldBits;

    Inflater(ReadOnlySpan<byte> input, int limit)
    {
        this.input = input;
        this.limit = limit;
        output = new byte[Math.Min(FirstRoom, limit)];
    }

    /// <summary>Inflates one stream and returns what is in it and how many bytes of the input it took.</summary>
    /// <exception cref="InvalidDataException">Not a DEFLATE stream, cut short, or larger than the limit.</exception>
    public static (byte[] Bytes, int Consumed) Inflate(ReadOnlySpan<byte> input, int limit)
    {
        var inflater = new Inflater(input, limit);
        while (!inflater.ReadBlock())
        {
        }
        inflater.GiveBack();
        return (inflater.output[..inflater.written], inflater.position);
    }

    // True after the last block.
    bool ReadBlock()
    {
        var last = Bits(1) == 1;
        switch (Bits(2))
        {
            case 0:
                ReadStored();
                break;
            case 1:
                ReadCompressed(FixedLiterals, FixedDistances);
                break;
            case 2:
                ReadDynamic();
                break;
            default:
                throw Broken();
        }
        return last;
    }

    void ReadStored()
    {
        GiveBack();
        var length = Bits(16);
        if (length != (~Bits(16) & 0xFFFF))
        {
            throw Broken();
        }
        GiveBack();
        if (length > input.Length - position)
        {
            throw Broken();
        }
        input.Slice(position, length).CopyTo(Room(length));
        position += length;
    }

    void ReadDynamic()
    {
        ReadOnlySpan<byte> order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
        var (literals, distances, codes) = (Bits(5) + FirstLengthSymbol, Bits(5) + 1, Bits(4) + 4);
        var lengths = new byte[literals + distances];
        var codeLengths = new byte[order.Length];
        for (var i = 0; i < codes; i++)
        {
            codeLengths[order[i]] = (byte)Bits(3);
        }
        var code = new HuffmanCode(codeLengths);
        for (var at = 0; at < lengths.Length;)
        {
            var symbol = Decode(code);
            var (value, times) = symbol switch
            {
                < 16 => ((byte)symbol, 1),
                16 when at > 0 => (lengths[at - 1], 3 + Bits(2)),
                17 => ((byte)0, 3 + Bits(3)),
                18 => ((byte)0, 11 + Bits(7)),
                _ => throw Broken(),
            };
            if (times > lengths.Length - at)
            {
                throw Broken();
            }
            lengths.AsSpan(at, times).Fill(value);
            at += times;
        }
        ReadCompressed(new HuffmanCode(lengths[..literals]), new HuffmanCode(lengths[literals..]));
    }

    void ReadCompressed(HuffmanCode literals, HuffmanCode distances)
    {
        for (var symbol = Decode(literals); symbol != EndOfBlock; symbol = Decode(literals))
        {
            if (symbol < EndOfBlock)
            {
                if (written == output.Length)
                {
                    Grow(1);
                }
                output[written++] = (byte)symbol;
                continue;
            }
            var lengthIndex = symbol - FirstLengthSymbol;
            if (lengthIndex >= LengthBases.Length)
            {
                throw Broken();
            }
            var length = LengthBases[lengthIndex] + Bits(LengthExtraBits[lengthIndex]);
            var distanceIndex = Decode(distances);
            if (distanceIndex >= DistanceBases.Length)
            {
                throw Broken();
            }
            CopyMatch(length, DistanceBases[distanceIndex] + Bits(DistanceExtraBits[distanceIndex]));
        }
    }

    // Byte by byte: a match may reach into what it is just writing.
    void CopyMatch(int length, int distance)
    {
        if (distance > written)
        {
            throw Broken();
        }
        var from = written - distance;
        foreach (ref var to in Room(length))
        {
            to = output[from++];
        }
    }

    Span<byte> Room(int length)
    {
        if (length > output.Length - written)
        {
            Grow(length);
        }
        var room = output.AsSpan(written, length);
        written += length;
        return room;
    }

    void Grow(int length)
    {
        if (length > limit - written)
        {
            throw new InvalidDataException($"inflates to more than {limit} bytes");
        }
        Array.Resize(ref output, Math.Min(limit, Math.Max(output.Length * 2, written + length)));
    }

    /// <summary>Whole bytes that were read ahead were not used; the rest of one that was begun is nobody's.</summary>
    void GiveBack()
    {
        position -= heldBits / 8;
        (held, heldBits) = (0, 0);
    }

    int Decode(HuffmanCode code)
    {
        if (heldBits < HuffmanCode.ShortBits)
        {
            Fill();
        }
        var (found, length) = code.Short(held);
        if (length == 0 || length > heldBits)
        {
            return DecodeLong(code);
        }
        held >>= length;
        heldBits -= length;
        return found;
    }

    int DecodeLong(HuffmanCode code)
    {
        var walk = default(HuffmanCode.Walk);
        int? symbol;
        do
        {
            symbol = code.Step(ref walk, Bits(1));
        }
        while (symbol is null);
        return symbol.Value;
    }

    int Bits(int count)
    {
        if (heldBits < count)
        {
            Fill();
        }
        if (heldBits < count)
        {
            throw Broken();
        }
        var value = (int)(held & ((1UL << count) - 1));
        held >>= count;
        heldBits -= count;
        return value;
    }

    /// <summary>Reads ahead as many bytes as can be held, or all that are left.</summary>
    void Fill()
    {
        for (; heldBits <= 56 && position < input.Length; heldBits += 8)
        {
            held |= (ulong)input[position++] << heldBits;
        }
    }

    static InvalidDataException Broken() => new("a broken or truncated zlib stream");
}
