using System.IO.Compression;
using Issuer.Hcert;

namespace Issuer.Benchmarks;

/// <summary>What the platform's zlib would do in place of ours: the same bounds, the same refusals.</summary>
static class PlatformZlib
{
    public static byte[] Compress(ReadOnlySpan<byte> bytes)
    {
        using var compressed = new MemoryStream(bytes.Length);
        using (var zlib = new ZLibStream(compressed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            zlib.Write(bytes);
        }
        return compressed.ToArray();
    }

    /// <exception cref="InvalidDataException">Not one zlib stream, cut short, longer than allowed, or not alone.</exception>
    public static byte[] Decompress(byte[] compressed)
    {
        using var input = new HeldBack(compressed);
        using var zlib = new ZLibStream(input, CompressionMode.Decompress);
        Span<byte> room = stackalloc byte[1024];
        var length = zlib.ReadAtLeast(room, room.Length, throwOnEndOfStream: false);
        byte[] bytes;
        if (length < room.Length)
        {
            bytes = room[..length].ToArray();
        }
        else
        {
            bytes = new byte[Hc1.MaxInflated + 1];
            room.CopyTo(bytes);
            length += zlib.ReadAtLeast(
                bytes.AsSpan(length), bytes.Length - length, throwOnEndOfStream: false);
            bytes = length <= Hc1.MaxInflated ? bytes[..length] : throw new InvalidDataException("too long");
        }
        return input.AllWasNeeded ? bytes : throw new InvalidDataException("something follows the stream");
    }

    /// <summary>
    /// The platform does not say where a stream ended. So the last byte is given only when all before it did not end it.
    /// </summary>
    sealed class HeldBack(byte[] bytes) : Stream
    {
        int position;

        public bool AllWasNeeded => position == bytes.Length;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(Span<byte> buffer)
        {
            var left = bytes.Length - position;
            var given = Math.Min(buffer.Length, left > 1 ? left - 1 : left);
            bytes.AsSpan(position, given).CopyTo(buffer);
            position += given;
            return given;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
