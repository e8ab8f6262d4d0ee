using System.Security.Cryptography;
using Issuer.Core.Certificates;
using Issuer.Hcert;

namespace Issuer.Storage.Certificates;

/// <summary>Hands out places in the newest shard and opens the next one when it is full.</summary>
static class Shards
{
    public static async Task<SlotLease> LeaseAsync(WriteSession session, int count)
    {
        // The row is locked by the update, so two instances never get the same places.
        var leased = await session.QueryAsync<ShardColumns>(
            """
            update shard set next_index = next_index + @count
            where number = (select max(number) from shard) and next_index + @count <= @size
            returning number, seed, next_index
            """,
            new { count = (long)count, size = ShardOrder.SlotsPerShard });
        if (leased.Count == 0)
        {
            leased = await OpenAsync(session, count);
        }
        return new SlotLease(leased[0].Number, leased[0].Seed, leased[0].NextIndex - count, count);
    }

    /// <summary>The few places left in the old shard stay unused.</summary>
    static async Task<List<ShardColumns>> OpenAsync(WriteSession session, int count)
    {
        var opened = await session.QueryAsync<ShardColumns>(
            """
            insert into shard (number, seed, next_index)
            select coalesce(max(number) + 1, 0), @seed, @count from shard
            returning number, seed, next_index
            """,
            new { seed = RandomNumberGenerator.GetBytes(ShardOrder.SeedLength), count = (long)count });
        return opened[0].Number < Slot.Count >> ShardOrder.Bits
            ? opened
            : throw new InvalidOperationException("All slots there are have been used.");
    }

    sealed record ShardColumns(long Number, byte[] Seed, long NextIndex);
}
