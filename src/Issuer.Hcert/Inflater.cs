using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.IO.Compression;

namespace Issuer.Hcert;

/// <summary>Unpacks zlib (RFC 1950) within a bound.</summary>
static class Inflater
{
    /// <summary>Inflates exactly one zlib stream of at most <paramref name="limit"/> bytes. Never throws.</summary>
    public static bool TryInflate(
        byte[] zlib, int limit, [NotNullWhen(true)] out byte[]? bytes, [NotNullWhen(false)] out string? fault)
    {
        (bytes, fault) = (null, null);
        if (zlib.Length < 8 || (zlib[0] & 15) != 8 || ((zlib[0] << 8) | zlib[1]) % 31 != 0 || (zlib[1] & 32) != 0)
        {
            fault = "not a zlib stream";
            return false;
        }
        try
        {
            // The checksum's place tells where the stream must end: ZLibStream itself ignores what comes after.
            using var stream = new ZLibStream(new MemoryStream(zlib), CompressionMode.Decompress);
            var buffer = new byte[limit + 1];
            var length = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            if (length > limit)
            {
                fault = $"inflates to more than {limit} bytes";
            }
            else if (Adler32(buffer.AsSpan(0, length)) != BinaryPrimitives.ReadUInt32BigEndian(zlib.AsSpan(^4)))
            {
                fault = "the zlib stream is cut short, altered or followed by something";
            }
            else
            {
                bytes = buffer[..length];
            }
        }
        catch (InvalidDataException)
        {
            fault = "a broken zlib stream";
        }
        return fault is null;
    }

    /// <summary>The checksum of RFC 1950 section 8.2.</summary>
    public static uint Adler32(ReadOnlySpan<byte> bytes)
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
