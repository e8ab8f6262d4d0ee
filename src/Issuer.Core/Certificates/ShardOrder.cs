using System.Buffers.Binary;
using System.Security.Cryptography;
using Issuer.Hcert;

namespace Issuer.Core.Certificates;

/// <summary>
/// A shard is 2^20 consecutive slots. They are used in an order that the shard's random seed permutes, so that a slot
/// does not tell when its certificate was issued, or how many were.
/// </summary>
public static class ShardOrder
{
    public const int Bits = Slot.ShardBits;
    public const long SlotsPerShard = Slot.PerShard;
    public const int SeedLength = 32;

    const int HalfBits = Bits / 2;
    const int HalfMask = (1 << HalfBits) - 1;
    const int Rounds = 6;

    /// <summary>
    /// The slot that is used as the <paramref name="index"/>-th of its shard: a Feistel network over 20 bits.
    /// </summary>
    public static Slot SlotAt(long shard, ReadOnlySpan<byte> seed, long index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, SlotsPerShard);
        var left = (int)(index >> HalfBits);
        var right = (int)(index & HalfMask);
        for (var round = 0; round < Rounds; round++)
        {
            (left, right) = (right, left ^ Mix(seed, round, right));
        }
        return new Slot((shard << Bits) | ((long)left << HalfBits) | (long)right);
    }

    static int Mix(ReadOnlySpan<byte> seed, int round, int half)
    {
        Span<byte> input = stackalloc byte[SeedLength + 3];
        seed.CopyTo(input);
        input[SeedLength] = (byte)round;
        BinaryPrimitives.WriteInt16BigEndian(input[(SeedLength + 1)..], (short)half);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(input, hash);
        return BinaryPrimitives.ReadInt16BigEndian(hash) & HalfMask;
    }
}
