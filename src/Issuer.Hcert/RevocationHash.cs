using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Issuer.Hcert;

/// <summary>What a revocation hash is taken over (dgc-gateway, RevocationBatchEntity).</summary>
public enum RevocationHashType
{
    /// <summary>The signature, as <see cref="RevocationHash.OfSignature"/> does.</summary>
    Signature,

    /// <summary>The UVCI.</summary>
    Uci,

    /// <summary>The country of the issuer followed by the UVCI.</summary>
    CountryCodeUci,
}

/// <summary>The first 16 bytes of SHA-256 over what names a certificate (dgc-gateway, RevocationBatchDto).</summary>
public readonly record struct RevocationHash
{
    /// <summary>Length in bytes.</summary>
    public const int Length = 16;

    readonly UInt128 bits;

    /// <summary>Takes exactly 16 bytes as they stand in a batch.</summary>
    /// <exception cref="ArgumentException">Not 16 bytes.</exception>
    public RevocationHash(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Length)
        {
            throw new ArgumentException($"A revocation hash has {Length} bytes, not {bytes.Length}.", nameof(bytes));
        }
        bits = BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    /// <summary>
    /// Over a COSE signature. Of ES256 only r, the first half: anybody can replace s by n - s and the signature
    /// still verifies, so a hash of the whole could be dodged.
    /// </summary>
    public static RevocationHash OfSignature(CoseAlgorithm algorithm, ReadOnlySpan<byte> signature) =>
        OfBytes(algorithm == CoseAlgorithm.ES256 ? signature[..(signature.Length / 2)] : signature);

    /// <summary>Over the UVCI as it stands in <c>ci</c>.</summary>
    public static RevocationHash OfUvci(string certificateIdentifier) =>
        OfBytes(Encoding.UTF8.GetBytes(certificateIdentifier));

    /// <summary>Over the issuer's country (alpha-2) followed by the UVCI.</summary>
    public static RevocationHash OfCountryAndUvci(string country, string certificateIdentifier) =>
        OfBytes(Encoding.UTF8.GetBytes(country + certificateIdentifier));

    /// <summary>Ascending by bytes: the order of what is published.</summary>
    public static IComparer<RevocationHash> ByBytes { get; } =
        Comparer<RevocationHash>.Create((one, other) => one.bits.CompareTo(other.bits));

    /// <summary>Writes the 16 bytes.</summary>
    public void CopyTo(Span<byte> destination) => BinaryPrimitives.WriteUInt128BigEndian(destination, bits);

    /// <summary>The 16 bytes.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[Length];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary>32 lower-case hexadecimal digits.</summary>
    public override string ToString() => Convert.ToHexStringLower(ToBytes());

    static RevocationHash OfBytes(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return new RevocationHash(hash[..Length]);
    }
}
