using Issuer.Core.Certificates;

namespace Issuer.Tests.Certificates;

public class ShardOrderTests
{
    static readonly byte[] Seed = [.. Enumerable.Range(1, ShardOrder.SeedLength).Select(n => (byte)n)];

    [Fact]
    public void Every_slot_of_a_shard_is_used_exactly_once()
    {
        var used = new bool[ShardOrder.SlotsPerShard];
        for (long index = 0; index < ShardOrder.SlotsPerShard; index++)
        {
            var slot = ShardOrder.SlotAt(5, Seed, index).Value - (5 * ShardOrder.SlotsPerShard);
            Assert.InRange(slot, 0, ShardOrder.SlotsPerShard - 1);
            Assert.False(used[slot]);
            used[slot] = true;
        }
    }

    [Fact]
    public void Another_seed_is_another_order_and_the_same_seed_the_same()
    {
        byte[] other = [.. Seed[..^1], 99];
        var one = Enumerable.Range(0, 1000).Select(i => ShardOrder.SlotAt(0, Seed, i)).ToList();

        Assert.Equal(one, Enumerable.Range(0, 1000).Select(i => ShardOrder.SlotAt(0, Seed, i)));
        Assert.InRange(
            one.Zip(Enumerable.Range(0, 1000)).Count(p => p.First == ShardOrder.SlotAt(0, other, p.Second)), 0, 5);
    }

    [Fact]
    public void Neighbours_in_use_are_not_neighbours_in_number()
    {
        var slots = Enumerable.Range(0, 1000).Select(i => ShardOrder.SlotAt(0, Seed, i).Value).ToList();

        Assert.InRange(slots.Zip(slots.Skip(1)).Count(p => p.Second > p.First), 400, 600);
        Assert.InRange(slots.Average(), ShardOrder.SlotsPerShard * 0.45, ShardOrder.SlotsPerShard * 0.55);
    }

    [Theory]
    [InlineData(0, -1)]
    [InlineData(0, ShardOrder.SlotsPerShard)]
    [InlineData(1L << 15, 0)]
    public void Places_and_shards_that_do_not_exist_are_refused(long shard, long index) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ShardOrder.SlotAt(shard, Seed, index));
}
