using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Issuer.Verification.Revocation;

/// <summary>
/// SHA-256 (FIPS 180-4) over a short message followed by one byte, for eight values of that byte at once. A Bloom
/// filter takes some forty of them an element and its proof hundreds of millions; a call of the platform for each costs
/// several times as much. Nothing secret depends on it.
/// </summary>
static class SeededSha256
{
    public const int Lanes = 8;
    public const int Words = 8;
    public const int LongestMessage = 54;

    /// <summary>A revocation hash.</summary>
    public const int ElementLength = 16;

    const int BlockLength = 64;
    const int BlockWords = 16;

    static readonly uint[] Start =
    [
        0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
    ];

    static readonly uint[] Constants =
    [
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
        0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
        0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
        0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
        0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
    ];

    /// <summary>The hash of the i-th lane is word i of each of the eight vectors.</summary>
    /// <param name="message">At most <see cref="LongestMessage"/> bytes.</param>
    /// <param name="firstSeed">The byte of the first lane; the others count on.</param>
    /// <param name="hash">Eight vectors.</param>
    public static void Hash(ReadOnlySpan<byte> message, byte firstSeed, Span<Vector256<uint>> hash)
    {
        Span<Vector256<uint>> schedule = stackalloc Vector256<uint>[BlockWords];
        Schedule(message, firstSeed, schedule);
        Compress(schedule, hash);
    }

    /// <summary>Eight messages, each with a seed of its own: what <see cref="BloomLanes"/> asks for.</summary>
    /// <param name="messages">Eight of <see cref="ElementLength"/> bytes, one after another.</param>
    /// <param name="seeds">Eight bytes.</param>
    /// <param name="hash">Eight vectors.</param>
    public static void HashEach(ReadOnlySpan<byte> messages, ReadOnlySpan<byte> seeds, Span<Vector256<uint>> hash)
    {
        Span<Vector256<uint>> schedule = stackalloc Vector256<uint>[BlockWords];
        schedule.Clear();
        var words = MemoryMarshal.Cast<Vector256<uint>, uint>(schedule);
        const int elementWords = ElementLength / sizeof(uint);
        for (var lane = 0; lane < Lanes; lane++)
        {
            var message = messages.Slice(lane * ElementLength, ElementLength);
            for (var word = 0; word < elementWords; word++)
            {
                words[(word * Lanes) + lane] = BinaryPrimitives.ReadUInt32BigEndian(message[(word * sizeof(uint))..]);
            }
            words[(elementWords * Lanes) + lane] = ((uint)seeds[lane] << 24) | 0x800000;
        }
        schedule[^1] = Vector256.Create((ElementLength + 1) * 8u);
        Compress(schedule, hash);
    }

    /// <summary>The words of one lane's hash.</summary>
    public static Vector256<uint> Number(ReadOnlySpan<Vector256<uint>> hash, int lane)
    {
        var words = MemoryMarshal.Cast<Vector256<uint>, uint>(hash).Slice(lane, ((Words - 1) * Lanes) + 1);
        return Vector256.Create(
            words[0], words[Lanes], words[2 * Lanes], words[3 * Lanes], words[4 * Lanes], words[5 * Lanes],
            words[6 * Lanes], words[7 * Lanes]);
    }

    /// <summary>FIPS 180-4 section 6.2.2 for one block a lane.</summary>
    static void Compress(Span<Vector256<uint>> schedule, Span<Vector256<uint>> hash)
    {
        var (a, b, c, d) = (Broadcast(0), Broadcast(1), Broadcast(2), Broadcast(3));
        var (e, f, g, h) = (Broadcast(4), Broadcast(5), Broadcast(6), Broadcast(7));
        for (var t = 0; t < Constants.Length; t++)
        {
            if (t >= 16)
            {
                schedule[t & 15] += Small1(schedule[(t - 2) & 15]) + schedule[(t - 7) & 15]
                    + Small0(schedule[(t - 15) & 15]);
            }
            var one = h + (Turn(e, 6) ^ Turn(e, 11) ^ Turn(e, 25)) + ((e & f) ^ (~e & g))
                + Vector256.Create(Constants[t]) + schedule[t & 15];
            var two = (Turn(a, 2) ^ Turn(a, 13) ^ Turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
            h = g;
            g = f;
            f = e;
            e = d + one;
            d = c;
            c = b;
            b = a;
            a = one + two;
        }
        hash[0] = a + Broadcast(0);
        hash[1] = b + Broadcast(1);
        hash[2] = c + Broadcast(2);
        hash[3] = d + Broadcast(3);
        hash[4] = e + Broadcast(4);
        hash[5] = f + Broadcast(5);
        hash[6] = g + Broadcast(6);
        hash[7] = h + Broadcast(7);
    }

    static void Schedule(ReadOnlySpan<byte> message, byte firstSeed, Span<Vector256<uint>> schedule)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(message.Length, LongestMessage, nameof(message));
        Span<byte> block = stackalloc byte[BlockLength];
        block.Clear();
        message.CopyTo(block);
        block[message.Length + 1] = 0x80;
        BinaryPrimitives.WriteInt32BigEndian(block[^4..], (message.Length + 1) * 8);
        for (var word = 0; word < BlockWords; word++)
        {
            schedule[word] = Vector256.Create(BinaryPrimitives.ReadUInt32BigEndian(block[(word * 4)..]));
        }
        var seeds = Vector256<uint>.Indices + Vector256.Create((uint)firstSeed);
        schedule[message.Length / 4] |= Vector256.ShiftLeft(seeds, 24 - (message.Length % 4 * 8));
    }

    static Vector256<uint> Broadcast(int word) => Vector256.Create(Start[word]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<uint> Turn(Vector256<uint> value, [ConstantExpected] byte bits) => Avx512F.VL.IsSupported
        ? Avx512F.VL.RotateRight(value, bits)
        : Vector256.ShiftRightLogical(value, bits) | Vector256.ShiftLeft(value, 32 - bits);

    static Vector256<uint> Small0(Vector256<uint> value) =>
        Turn(value, 7) ^ Turn(value, 18) ^ Vector256.ShiftRightLogical(value, 3);

    static Vector256<uint> Small1(Vector256<uint> value) =>
        Turn(value, 17) ^ Turn(value, 19) ^ Vector256.ShiftRightLogical(value, 10);
}
