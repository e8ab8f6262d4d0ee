using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using Issuer.Core.Certificates;
using Issuer.Hcert;

namespace Issuer.Benchmarks;

/// <summary>
/// As many certificates as asked for, in shards as the store opens them, of which as many as asked for are revoked:
/// every choice equally likely, which costs a list most, and the same on every run.
/// </summary>
sealed class RevocationSample
{
    const int WordsAShard = (int)(ShardOrder.SlotsPerShard / 64);

    readonly ulong[] issued;
    readonly ulong[] revoked;
    ulong chance = 0x1CE1;

    public RevocationSample(int issuedCount, int revokedCount)
    {
        Issued = issuedCount;
        var shards = (int)((issuedCount + ShardOrder.SlotsPerShard - 1) >> ShardOrder.Bits);
        issued = new ulong[shards * WordsAShard];
        revoked = new ulong[issued.Length];
        // A full shard's order uses each of its slots once (ShardOrderTests), so only the last one is worked out.
        var full = issuedCount >> ShardOrder.Bits;
        Array.Fill(issued, ulong.MaxValue, 0, (int)full * WordsAShard);
        for (var index = full * ShardOrder.SlotsPerShard; index < issuedCount; index++)
        {
            Set(issued, SlotAt(index));
        }
        foreach (var index in Choose(revokedCount, issuedCount))
        {
            Set(revoked, SlotAt(index));
        }
    }

    public int Issued { get; }

    public IEnumerable<Slot> Revoked => Slots(revoked, 0, revoked.Length);

    public int Shards => issued.Length / WordsAShard;

    /// <summary>Every certificate with its truth, in the order of the slots.</summary>
    public IEnumerable<(Slot Slot, bool IsRefused)> Certificates =>
        Enumerable.Range(0, Shards).SelectMany(CertificatesOf);

    /// <summary>Those of one shard: shards can be gone through side by side.</summary>
    public IEnumerable<(Slot Slot, bool IsRefused)> CertificatesOf(int shard) =>
        Slots(issued, shard * WordsAShard, WordsAShard)
            .Select(slot => (slot, (revoked[slot.Value >> 6] >> (int)(slot.Value & 63) & 1) != 0));

    /// <summary>So many of 0 to <paramref name="of"/> - 1, ascending (Knuth, volume 2, algorithm S).</summary>
    public IEnumerable<int> Choose(int count, int of)
    {
        for (var index = 0; count > 0; index++)
        {
            if (Next() % (ulong)(of - index) < (ulong)count)
            {
                count--;
                yield return index;
            }
        }
    }

    /// <summary>SplitMix64: chance that is the same on every run.</summary>
    public ulong Next()
    {
        unchecked
        {
            chance += 0x9E3779B97F4A7C15;
            return Mix(chance);
        }
    }

    public static ulong Mix(ulong value)
    {
        unchecked
        {
            value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
            value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
            return value ^ (value >> 31);
        }
    }

    static Slot SlotAt(long index)
    {
        Span<byte> shard = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(shard, index >> ShardOrder.Bits);
        Span<byte> seed = stackalloc byte[ShardOrder.SeedLength];
        SHA256.HashData(shard, seed);
        return ShardOrder.SlotAt(index >> ShardOrder.Bits, seed, index & (ShardOrder.SlotsPerShard - 1));
    }

    static void Set(ulong[] bits, Slot slot) => bits[slot.Value >> 6] |= 1UL << (int)(slot.Value & 63);

    static IEnumerable<Slot> Slots(ulong[] words, int from, int count)
    {
        for (var word = from; word < from + count; word++)
        {
            for (var bits = words[word]; bits != 0; bits &= bits - 1)
            {
                yield return new Slot(((long)word << 6) | (uint)BitOperations.TrailingZeroCount(bits));
            }
        }
    }
}
