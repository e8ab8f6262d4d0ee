using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Issuer.Verification;

/// <summary>A SHA-256 that is compared, chained and used as a name.</summary>
public readonly record struct Sha256Digest
{
    public const int Length = SHA256.HashSizeInBytes;

    readonly (UInt128 High, UInt128 Low) bits;

    /// <summary>Takes exactly 32 bytes.</summary>
    /// <exception cref="ArgumentException">Not 32 bytes.</exception>
    public Sha256Digest(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Length)
        {
            throw new ArgumentException($"A SHA-256 has {Length} bytes, not {bytes.Length}.", nameof(bytes));
        }
        bits = (
            BinaryPrimitives.ReadUInt128BigEndian(bytes),
            BinaryPrimitives.ReadUInt128BigEndian(bytes[16..]));
    }

    public static Sha256Digest Of(ReadOnlySpan<byte> content) => new(SHA256.HashData(content));

    public byte[] ToBytes()
    {
        var bytes = new byte[Length];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, bits.High);
        BinaryPrimitives.WriteUInt128BigEndian(bytes.AsSpan(16), bits.Low);
        return bytes;
    }

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public override string ToString() => Convert.ToHexStringLower(ToBytes());
}
