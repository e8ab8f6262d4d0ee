using System.IO.Compression;

namespace Issuer.Hcert;

/// <summary>
/// The platform's DEFLATE decoder (RFC 1951) for foreign bytes. It is bounded here, and strict where the platform is
/// not: the platform neither says where a stream ended nor that it was cut short.
/// </summary>
static class StrictInflate
{
    /// <summary>Enough for nearly every certificate; more is taken as it is needed.</summary>
    const int UsualSize = 1024;

    /// <summary>What is in a stream that takes all of the bytes, the last one included.</summary>
    /// <param name="stream">Not empty; it stands between other bytes.</param>
    /// <param name="limit">Most bytes that may come out.</param>
    /// <exception cref="InvalidDataException">Not one DEFLATE stream, or longer than the limit.</exception>
    public static byte[] All(ArraySegment<byte> stream, int limit)
    {
        using var input = new HeldBack(stream);
        using var inflater = new DeflateStream(input, CompressionMode.Decompress);
        Span<byte> room = stackalloc byte[UsualSize];
        var length = inflater.ReadAtLeast(room, room.Length, throwOnEndOfStream: false);
        if (length == room.Length && length <= limit)
        {
            // One byte more than allowed: who fills it is too long.
            Span<byte> larger = new byte[limit + 1];
            room.CopyTo(larger);
            length += inflater.ReadAtLeast(larger[length..], larger.Length - length, throwOnEndOfStream: false);
            room = larger;
        }
        if (length > limit)
        {
            throw new InvalidDataException($"inflates to more than {limit} bytes");
        }
        return input.EndedWithTheLastByte
            ? room[..length].ToArray()
            : throw new InvalidDataException("the zlib stream is cut short or followed by something");
    }

    /// <summary>
    /// Gives its last byte only when all before it were not enough, and notes when somebody asks for another one.
    /// </summary>
    sealed class HeldBack(ArraySegment<byte> bytes)
        : MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false)
    {
        bool askedForMore;

        public bool EndedWithTheLastByte => Position == Length && !askedForMore;

        public override int Read(byte[] buffer, int offset, int count)
        {
            var left = (int)(Length - Position);
            askedForMore |= left == 0;
            return base.Read(buffer, offset, Math.Min(count, left > 1 ? left - 1 : left));
        }
    }
}
