using System.Buffers.Binary;
using System.Security.Cryptography;
using Issuer.Hcert;
using Issuer.Server.Hosting.Stores;

namespace Issuer.Server.Edge.Http;

/// <summary>
/// Row numbers as they stand in paths: a keyed permutation of 64 bits (a balanced Feistel network of eight rounds over
/// HMAC-SHA256) in 13 characters of Crockford's base 32. Nobody can count with them or guess the next; they are no
/// proof of anything, so ownership is checked all the same.
/// </summary>
/// <param name="key">One for each kind of row.</param>
sealed class OpaqueId(byte[] key)
{
    const int Rounds = 8;
    const int Length = 13;

    public string Of(long id)
    {
        var value = (ulong)id;
        var (left, right) = ((uint)(value >> 32), (uint)(value & uint.MaxValue));
        for (var round = 0; round < Rounds; round++)
        {
            (left, right) = (right, left ^ Mix(round, right));
        }
        Span<char> text = stackalloc char[Length];
        Crockford32.Write(((UInt128)left << 32) | right, text);
        return new string(text);
    }

    /// <summary>False: not a text that <see cref="Of"/> can have given.</summary>
    public bool TryRead(string? text, out long id)
    {
        id = 0;
        if (text?.Length != Length || !Crockford32.TryRead(text, out var value) || value > ulong.MaxValue)
        {
            return false;
        }
        var (left, right) = ((uint)(value >> 32), (uint)(value & uint.MaxValue));
        for (var round = Rounds - 1; round >= 0; round--)
        {
            (left, right) = (right ^ Mix(round, left), left);
        }
        id = unchecked((long)(((ulong)left << 32) | right));
        return id >= 0;
    }

    uint Mix(int round, uint half)
    {
        Span<byte> input = stackalloc byte[5];
        input[0] = (byte)round;
        BinaryPrimitives.WriteUInt32BigEndian(input[1..], half);
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, input, mac);
        return BinaryPrimitives.ReadUInt32BigEndian(mac);
    }
}

/// <summary>The ids of this store, by kind.</summary>
sealed record PathIds(
    OpaqueId Records, OpaqueId Certificates, OpaqueId Approvals, OpaqueId Subjects, OpaqueId Lineages, OpaqueId Reports,
    OpaqueId Imports, OpaqueId Holds, OpaqueId CleaningLists)
{
    public static PathIds Of(StoreSecret secret)
    {
        OpaqueId Kind(string purpose) => new(secret.KeyFor(purpose));
        return new PathIds(
            Kind("record ids"), Kind("certificate ids"), Kind("approval ids"), Kind("subject ids"), Kind("lineage ids"),
            Kind("report ids"), Kind("import ids"), Kind("hold ids"), Kind("cleaning list ids"));
    }
}
