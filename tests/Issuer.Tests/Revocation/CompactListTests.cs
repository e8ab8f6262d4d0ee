using FsCheck;
using FsCheck.Fluent;
using Issuer.Core.Certificates;
using Issuer.Core.Revocation;
using Issuer.Hcert;
using Issuer.Verification;
using Issuer.Verification.Revocation;

namespace Issuer.Tests.Revocation;

public sealed class CompactListTests : IDisposable
{
    const long Shard = ShardOrder.SlotsPerShard;

    /// <summary>Slots where something ends: shards, blocks, the numbers themselves.</summary>
    static readonly long[] Borders =
        [0, 1, 63, 64, 1023, 1024, Shard - 1, Shard, Shard + 1, (5 * Shard) - 1, Slot.Count - Shard, Slot.Count - 1];

    static readonly Gen<long> AnySlot = Gen.OneOf(
        Gen.Elements(Borders), Gen.Choose(0, 5000).Select(i => (long)i),
        Gen.Choose(0, (int)(3 * Shard)).Select(i => (long)i));

    static readonly Gen<RevokedSlots> AnySet = Gen.ListOf(AnySlot).Select(slots => ListSample.Set(slots));

    readonly ListSample lists = new();

    public void Dispose() => lists.Dispose();

    [Fact]
    public void The_example_of_the_format_page_is_what_is_written() =>
        Assert.Equal("00F8", Convert.ToHexString(CompactListBody.Full(ListSample.Set(0, 1, 7))));

    [Fact]
    public void The_digest_of_a_set_is_that_of_the_format_page()
    {
        var shard = new byte[4 + 131_072];
        (shard[3], shard[4], shard[4 + 2]) = (1, 0b11, 0b1000_0000);
        Assert.Equal(Sha256Digest.Of(shard), ListSample.Set(Shard, Shard + 1, Shard + 23).Digest());
        Assert.Equal(Sha256Digest.Of([]), RevokedSlots.Empty.Digest());
    }

    [Fact]
    public void Whatever_set_is_written_is_read_back() =>
        Prop.ForAll(AnySet.ToArbitrary(), set =>
        {
            var read = lists.Read(lists.Full(ListSample.State(set))).State!;
            Assert.Equal(ListSample.Numbers(set), ListSample.Numbers(read.Revoked));
            Assert.Equal(set.Count, read.Revoked.Count);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(1024, 1)]
    [InlineData(1025, 1)]
    [InlineData(2049, 3)]
    [InlineData(1 << 20, 1)]
    [InlineData(100, 1 << 20)]
    public void Blocks_whole_shards_and_sparse_ones_are_read_back(int count, int step)
    {
        var slots = Enumerable.Range(0, count).Select(i => (long)i * step).ToList();
        var read = lists.Read(lists.Full(ListSample.State(ListSample.Set(slots)))).State!;
        Assert.True(slots.SequenceEqual(ListSample.Numbers(read.Revoked)));
    }

    [Fact]
    public void A_verifier_that_applied_deltas_holds_the_full_list() =>
        Prop.ForAll(Gen.ArrayOf(AnySet, 5).ToArbitrary(), sets =>
        {
            var states = new List<CompactListState> { ListSample.State(sets[0]) };
            var held = lists.Read(lists.Full(states[0])).State!;
            foreach (var set in sets[1..])
            {
                states.Add(ListSample.State(set, states[^1]));
                held = lists.Read(lists.Delta(states[^2], states[^1]), held).State!;
                var full = lists.Read(lists.Full(states[^1])).State!;
                Assert.Equal(ListSample.Numbers(full.Revoked), ListSample.Numbers(held.Revoked));
                Assert.Equal((full.Link, full.SetDigest, full.Issued), (held.Link, held.SetDigest, held.Issued));
            }
            var first = lists.Read(lists.Full(states[0])).State!;
            Assert.Equal(held.Link, lists.Read(lists.Delta(states[0], states[^1]), first).State!.Link);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(25));

    [Fact]
    public void The_same_set_gives_the_same_bytes_however_it_came_about()
    {
        var slots = ListSample.Scattered(5000, 3 * Shard).ToList();
        var one = PreparedCompactList.Full(ListSample.State(ListSample.Set(slots)));
        var byDelta = lists.Read(
            lists.Delta(ListSample.State(ListSample.Set(1, 2)),
                ListSample.State(ListSample.Set(slots), ListSample.State(ListSample.Set(1, 2)))),
            ListSample.State(ListSample.Set(1, 2))).State!;
        slots.Reverse();
        var two = PreparedCompactList.Full(ListSample.State(ListSample.Set(slots)));
        Assert.Equal(one.Claims, two.Claims);
        Assert.Equal(one.Claims.BodyDigest, Sha256Digest.Of(CompactListBody.Full(byDelta.Revoked)));
    }

    [Fact]
    public void What_is_held_is_not_changed_by_a_delta()
    {
        var held = ListSample.State(ListSample.Set(1, 5, Shard));
        var next = ListSample.State(ListSample.Set(5, 6), held);
        Assert.NotNull(lists.Read(lists.Delta(held, next), held).State);
        Assert.Equal([1, 5, Shard], ListSample.Numbers(held.Revoked));
    }

    [Theory]
    [InlineData(1000, 1_000_000, 1.03)]
    [InlineData(10_000, 1_000_000, 1.02)]
    [InlineData(50_000, 1_000_000, 1.02)]
    public void A_body_is_close_to_the_bound(int revoked, int universe, double most)
    {
        var set = ListSample.Set(ListSample.Scattered(revoked, universe));
        var bound = Benchmarks.Subsets.Bits(universe, set.Count) / 8;
        Assert.InRange(CompactListBody.Full(set).Length / bound, 1 - 1e-2, most);
    }

    [Fact]
    public void An_envelope_has_at_most_300_bytes()
    {
        var far = new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var before = new CompactListState("VN", int.MaxValue, far, far, uint.MaxValue, ListSample.Set(1), default);
        var next = before with { Sequence = before.Sequence + 1, Previous = before.Link, Issued = 1 };
        Assert.InRange(lists.Delta(before, next).Envelope.Length, 200, 300);
    }

    [Fact]
    public void Slots_in_too_many_shards_are_refused_when_written_and_when_read()
    {
        var slots = Enumerable.Range(0, RevokedSlots.MostShards + 1).Select(i => i * Shard);
        Assert.Throws<ArgumentException>(() => ListSample.Set(slots));
        var writer = new GapWriter();
        writer.Write(slots);
        var claims = PreparedCompactList.Full(ListSample.State(RevokedSlots.Empty)).Claims with
        {
            Revoked = RevokedSlots.MostShards + 1,
        };
        Assert.Null(CompactListBody.TryRead(writer.Finish(), claims, RevokedSlots.Empty));
    }
}
