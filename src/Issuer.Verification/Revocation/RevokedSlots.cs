using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Issuer.Hcert;

namespace Issuer.Verification.Revocation;

/// <summary>
/// A set of slots that a verifier refuses, one bit each; immutable, so that look-ups need no lock while the next list
/// is read. A shard takes 128 KB as soon as one of its slots is in the set.
/// </summary>
public sealed class RevokedSlots
{
    /// <summary>
    /// 2^30 slots, 128 MB: more than a year of the largest country we think of, and what a phone can bear.
    /// </summary>
    public const int MostShards = 1024;

    const int ShardsThereAre = (int)(Slot.Count >> Slot.ShardBits);
    const int WordsPerShard = (int)(Slot.PerShard / 64);
    const long InShard = Slot.PerShard - 1;

    /// <summary>By number; null where no slot is in the set.</summary>
    readonly ulong[]?[] shards;

    RevokedSlots(ulong[]?[] shards)
    {
        this.shards = shards;
        foreach (var shard in shards)
        {
            foreach (var word in shard ?? [])
            {
                Count += BitOperations.PopCount(word);
            }
        }
    }

    public static RevokedSlots Empty { get; } = new(new ulong[]?[ShardsThereAre]);

    public long Count { get; }

    /// <summary>In any order; a slot may be there twice.</summary>
    /// <exception cref="ArgumentException">In more than <see cref="MostShards"/> shards.</exception>
    public static RevokedSlots Of(IEnumerable<Slot> slots)
    {
        var draft = new Draft(Empty);
        foreach (var slot in slots)
        {
            if (!draft.TryAdd(slot.Value))
            {
                throw new ArgumentException($"Revoked slots in more than {MostShards} shards.", nameof(slots));
            }
        }
        return draft.Finish();
    }

    /// <summary>Two array reads, however large the list.</summary>
    public bool Contains(Slot slot)
    {
        var shard = shards[(int)(slot.Value >> Slot.ShardBits)];
        var inShard = (int)(slot.Value & InShard);
        return shard is not null && (shard[inShard >> 6] >> (inShard & 63) & 1) != 0;
    }

    public IEnumerable<Slot> Ascending() => Except(Empty);

    /// <summary>What is here and not in <paramref name="other"/>, ascending.</summary>
    public IEnumerable<Slot> Except(RevokedSlots other)
    {
        for (var number = 0; number < shards.Length; number++)
        {
            foreach (var slot in Slots(number, shards[number], other.shards[number]))
            {
                yield return slot;
            }
        }
    }

    /// <summary>
    /// The same for the same set, however it came about: SHA-256 over each shard that has a slot in the set, in
    /// ascending order, as its number (4 bytes, big-endian) and its 131,072 bytes; slot i of a shard is bit i mod 8,
    /// counted from the lowest, of byte i / 8.
    /// </summary>
    public Sha256Digest Digest()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> name = stackalloc byte[4];
        var littleEndian = new ulong[WordsPerShard];
        for (var number = 0; number < shards.Length; number++)
        {
            if (shards[number] is { } shard)
            {
                BinaryPrimitives.WriteInt32BigEndian(name, number);
                hash.AppendData(name);
                shard.CopyTo(littleEndian, 0);
                if (!BitConverter.IsLittleEndian)
                {
                    BinaryPrimitives.ReverseEndianness(littleEndian, littleEndian);
                }
                hash.AppendData(MemoryMarshal.AsBytes<ulong>(littleEndian));
            }
        }
        return new Sha256Digest(hash.GetHashAndReset());
    }

    static IEnumerable<Slot> Slots(int number, ulong[]? shard, ulong[]? without)
    {
        for (var word = 0; shard is not null && word < shard.Length; word++)
        {
            for (var bits = shard[word] & ~(without?[word] ?? 0); bits != 0; bits &= bits - 1)
            {
                yield return new Slot(
                    ((long)number << Slot.ShardBits) | (uint)((word << 6) | BitOperations.TrailingZeroCount(bits)));
            }
        }
    }

    /// <summary>
    /// Changes a set without touching the one it began with: a shard is copied when it is first changed.
    /// </summary>
    internal sealed class Draft(RevokedSlots from)
    {
        readonly ulong[]?[] shards = [.. from.shards];
        readonly bool[] isOwn = new bool[ShardsThereAre];
        int used = from.shards.Count(shard => shard is not null);

        /// <summary>False when there would be too many shards.</summary>
        public bool TryAdd(long slot)
        {
            var number = (int)(slot >> Slot.ShardBits);
            if (shards[number] is null)
            {
                if (used++ == MostShards)
                {
                    return false;
                }
                isOwn[number] = true;
                shards[number] = new ulong[WordsPerShard];
            }
            Word(slot) |= 1UL << (int)(slot & 63);
            return true;
        }

        public void Remove(long slot) => Word(slot) &= ~(1UL << (int)(slot & 63));

        public RevokedSlots Finish()
        {
            for (var number = 0; number < shards.Length; number++)
            {
                if (isOwn[number] && !shards[number].AsSpan().ContainsAnyExcept(0UL))
                {
                    shards[number] = null;
                }
            }
            return new RevokedSlots(shards);
        }

        ref ulong Word(long slot)
        {
            var number = (int)(slot >> Slot.ShardBits);
            if (!isOwn[number])
            {
                isOwn[number] = true;
                shards[number] = [.. shards[number] ?? new ulong[WordsPerShard]];
            }
            return ref shards[number]![(int)(slot & InShard) >> 6];
        }
    }
}
