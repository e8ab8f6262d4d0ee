using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Issuer.Verification.Revocation;

/// <summary>A hash as a signed number, modulo the bits of a filter.</summary>
readonly struct BloomIndex
{
    /// <summary>With more bits the sum of eight products could pass 64 bits.</summary>
    const uint MostBits = 1 << 29;

    readonly uint bits;

    /// <summary>2^64 divided by the bits: a product with it is much faster than a division.</summary>
    readonly ulong reciprocal;

    /// <summary>-2^256 modulo the bits: a negative number is its unsigned reading less 2^256.</summary>
    readonly uint wrap;

    /// <summary>2^(32 (7 - i)) modulo the bits, by i.</summary>
    readonly Vector256<uint> powers;

    public BloomIndex(uint bits)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bits, MostBits);
        this.bits = bits;
        reciprocal = ulong.MaxValue / bits;
        var power = 1UL % bits;
        for (var word = SeededSha256.Words - 1; word >= 0; word--)
        {
            powers = powers.WithElement(word, (uint)power);
            power = (power << 32) % bits;
        }
        wrap = bits - (uint)power;
    }

    /// <param name="number">Its words, the highest first.</param>
    public uint Of(Vector256<uint> number)
    {
        var sum = SumOfProducts(number) + ((number.ToScalar() >> 31) * (ulong)wrap);
        // The quotient by the reciprocal is right or one too small.
        var remainder = sum - (Math.BigMul(sum, reciprocal, out _) * bits);
        return (uint)(remainder < bits ? remainder : remainder - bits);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    ulong SumOfProducts(Vector256<uint> number)
    {
        if (Avx2.IsSupported)
        {
            // It multiplies every second word.
            return Vector256.Sum(Avx2.Multiply(number, powers) + Avx2.Multiply(Odd(number), Odd(powers)));
        }
        var sum = 0UL;
        for (var word = 0; word < SeededSha256.Words; word++)
        {
            sum += (ulong)number[word] * powers[word];
        }
        return sum;
    }

    static Vector256<uint> Odd(Vector256<uint> words) => Vector256.ShiftRightLogical(words.AsUInt64(), 32).AsUInt32();
}
