using System.Buffers.Binary;
using System.Text;

namespace Issuer.Hcert;

/// <summary>
/// Foreign CBOR (RFC 8949) read head by head, by the rules of System.Formats.Cbor in its strict mode: that reader with
/// its set of keys for each map took more than half of the time of reading a certificate. Whatever cannot be read
/// throws <see cref="Refusal"/>.
/// </summary>
ref struct CborSource(ReadOnlySpan<byte> bytes)
{
    /// <summary>What stops reading; it never leaves <see cref="CborTree"/>. It does not quote the data.</summary>
    public sealed class Refusal(string message) : Exception(message);

    const int Indefinite = 31;
    const byte Break = 0xFF;

    static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    ReadOnlySpan<byte> rest = bytes;

    /// <summary>Bytes not read yet.</summary>
    public readonly int Remaining => rest.Length;

    public static Refusal NotWellFormed() => new("not well-formed CBOR");

    public static Refusal TooLarge() => new("a CBOR number is too large");

    /// <summary>The next byte: a major type of three bits and what it says of its argument, five bits.</summary>
    public (int Major, int Info) Initial()
    {
        var initial = Take(1)[0];
        return (initial >> 5, initial & 31);
    }

    /// <summary>The number that follows, of 0 to 8 bytes; longer than needed is accepted.</summary>
    public ulong Argument(int info) => info switch
    {
        < 24 => (ulong)info,
        24 => Take(1)[0],
        25 => BinaryPrimitives.ReadUInt16BigEndian(Take(2)),
        26 => BinaryPrimitives.ReadUInt32BigEndian(Take(4)),
        27 => BinaryPrimitives.ReadUInt64BigEndian(Take(8)),
        _ => throw NotWellFormed(),
    };

    /// <summary>How many items of at least so many bytes follow; null when a break ends them.</summary>
    public int? Count(int info, int smallest)
    {
        if (info == Indefinite)
        {
            return null;
        }
        var count = Argument(info);
        return count <= (ulong)(rest.Length / smallest) ? (int)count : throw NotWellFormed();
    }

    /// <summary>True when there is a break; it is then read.</summary>
    public bool TryBreak()
    {
        if (rest is not [Break, ..])
        {
            return false;
        }
        rest = rest[1..];
        return true;
    }

    public string Text(int major, int info)
    {
        try
        {
            if (info != Indefinite)
            {
                return StrictUtf8.GetString(String(info));
            }
            var text = new StringBuilder();
            while (!TryBreak())
            {
                // Each chunk by itself: RFC 8949 section 3.2.3 lets no character span two.
                text.Append(StrictUtf8.GetString(Chunk(major)));
            }
            return text.ToString();
        }
        catch (DecoderFallbackException)
        {
            throw NotWellFormed();
        }
    }

    public byte[] Bytes(int major, int info)
    {
        if (info != Indefinite)
        {
            return String(info).ToArray();
        }
        var bytes = new List<byte>();
        while (!TryBreak())
        {
            bytes.AddRange(Chunk(major));
        }
        return [.. bytes];
    }

    public double Real(int info) => info switch
    {
        25 => (double)BinaryPrimitives.ReadHalfBigEndian(Take(2)),
        26 => BinaryPrimitives.ReadSingleBigEndian(Take(4)),
        _ => BinaryPrimitives.ReadDoubleBigEndian(Take(8)),
    };

    ReadOnlySpan<byte> Chunk(int major)
    {
        var (found, info) = Initial();
        return found == major ? String(info) : throw NotWellFormed();
    }

    ReadOnlySpan<byte> String(int info)
    {
        var length = Argument(info);
        return length <= (ulong)rest.Length ? Take((int)length) : throw NotWellFormed();
    }

    ReadOnlySpan<byte> Take(int count)
    {
        if (count > rest.Length)
        {
            throw NotWellFormed();
        }
        var taken = rest[..count];
        rest = rest[count..];
        return taken;
    }
}
