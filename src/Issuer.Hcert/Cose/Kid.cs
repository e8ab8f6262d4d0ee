using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Issuer.Hcert;

/// <summary>
/// The key identifier in a COSE header: the first 8 bytes of SHA-256 over the DSC's DER (hcert_spec.md A.1).
/// It may collide and proves nothing: look up a list of DSCs with it and try them all.
/// </summary>
public readonly record struct Kid
{
    /// <summary>Length in bytes.</summary>
    public const int Length = 8;

    readonly ulong bits;

    /// <summary>Takes exactly 8 bytes as they stand in a COSE header.</summary>
    /// <exception cref="ArgumentException">Not 8 bytes.</exception>
    public Kid(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Length)
        {
            throw new ArgumentException($"A kid has {Length} bytes, not {bytes.Length}.", nameof(bytes));
        }
        bits = BinaryPrimitives.ReadUInt64BigEndian(bytes);
    }

    /// <summary>The kid of a DSC, given its DER.</summary>
    public static Kid OfDsc(ReadOnlySpan<byte> dscDer)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(dscDer, hash);
        return new Kid(hash[..Length]);
    }

    /// <summary>Reads the base64 form used in trust lists (12 characters).</summary>
    public static bool TryParse([NotNullWhen(true)] string? base64, out Kid kid)
    {
        Span<byte> bytes = stackalloc byte[Length];
        if (base64 is { Length: 12 } && Convert.TryFromBase64String(base64, bytes, out var written)
            && written == Length)
        {
            kid = new Kid(bytes);
            return true;
        }
        kid = default;
        return false;
    }

    /// <summary>Writes the 8 bytes.</summary>
    public void CopyTo(Span<byte> destination) => BinaryPrimitives.WriteUInt64BigEndian(destination, bits);

    /// <summary>The 8 bytes.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[Length];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary>The base64 form used in trust lists.</summary>
    public override string ToString() => Convert.ToBase64String(ToBytes());
}
