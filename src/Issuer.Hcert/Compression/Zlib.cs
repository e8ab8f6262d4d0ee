using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.IO.Compression;

namespace Issuer.Hcert;

/// <summary>The zlib format (RFC 1950): two bytes of head, DEFLATE, Adler-32.</summary>
static class Zlib
{
    /// <summary>Most that the small encoder's output can exceed its input by.</summary>
    public const int MaxExpansion = HeadLength + SmallDeflate.MaxExpansion + ChecksumLength;

    const int HeadLength = 2;
    const int ChecksumLength = 4;

    // A window of 32 KiB, "maximum compression": readers exist that know no other heads than 7801, 785E, 789C, 78DA.
    const ushort Head = 0x78DA;

    /// <summary>Compresses as well as zlib's level 9, in the buffer when the input is small.</summary>
    /// <param name="bytes">The input.</param>
    /// <param name="buffer">Room for a small input and <see cref="MaxExpansion"/> more.</param>
    public static ReadOnlySpan<byte> Compress(ReadOnlySpan<byte> bytes, Span<byte> buffer)
    {
        if (bytes.Length > SmallDeflate.MaxInput)
        {
            return CompressLarge(bytes);
        }
        BinaryPrimitives.WriteUInt16BigEndian(buffer, Head);
        var end = HeadLength + SmallDeflate.Encode(bytes, buffer[HeadLength..]);
        BinaryPrimitives.WriteUInt32BigEndian(buffer[end..], Adler32(bytes));
        return buffer[..(end + ChecksumLength)];
    }

    /// <summary>Unpacks exactly one stream of at most so many bytes. Never throws.</summary>
    public static bool TryDecompress(
        byte[] zlib,
        int limit,
        [NotNullWhen(true)] out byte[]? bytes,
        [NotNullWhen(false)] out string? fault)
    {
        (bytes, fault) = (null, null);
        // Method 8, head divisible by 31, no preset dictionary; something between head and checksum.
        if (zlib.Length <= HeadLength + ChecksumLength || (zlib[0] & 15) != 8
            || BinaryPrimitives.ReadUInt16BigEndian(zlib) % 31 != 0 || (zlib[1] & 32) != 0)
        {
            fault = "not a zlib stream";
            return false;
        }
        try
        {
            var inflated = StrictInflate.All(
                new ArraySegment<byte>(zlib, HeadLength, zlib.Length - HeadLength - ChecksumLength), limit);
            if (Adler32(inflated) == BinaryPrimitives.ReadUInt32BigEndian(zlib.AsSpan(^ChecksumLength..)))
            {
                bytes = inflated;
            }
            else
            {
                fault = "the zlib checksum is wrong";
            }
        }
        catch (InvalidDataException exception)
        {
            fault = exception.Message;
        }
        return fault is null;
    }

    // RSA certificates, whose signing takes twenty times as long as this does.
    static byte[] CompressLarge(ReadOnlySpan<byte> bytes)
    {
        using var compressed = new MemoryStream(bytes.Length + MaxExpansion);
        using (var zlib = new ZLibStream(compressed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            zlib.Write(bytes);
        }
        return compressed.ToArray();
    }

    // RFC 1950 section 8.2.
    static uint Adler32(ReadOnlySpan<byte> bytes)
    {
        const uint Modulus = 65521;
        const int LongestRunWithoutOverflow = 5552;
        uint a = 1, b = 0;
        while (!bytes.IsEmpty)
        {
            var run = bytes[..Math.Min(bytes.Length, LongestRunWithoutOverflow)];
            foreach (var value in run)
            {
                a += value;
                b += a;
            }
            (a, b) = (a % Modulus, b % Modulus);
            bytes = bytes[run.Length..];
        }
        return (b << 16) | a;
    }
}
