using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Issuer.Core.Revocation;
using Issuer.Hcert;
using Issuer.Verification;
using Issuer.Verification.Revocation;

namespace Issuer.Tests.Revocation;

public sealed class BatchTests
{
    static readonly DateTimeOffset Now = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);
    static readonly DateTimeOffset Later = Now.AddDays(100);
    static readonly Kid OneKid = new([1, 2, 3, 4, 5, 6, 7, 8]);
    static readonly Kid OtherKid = new([0xFB, 0xFF, 3, 4, 5, 6, 7, 8]);
    static readonly IReadOnlySet<RevocationHash> Nobody = new HashSet<RevocationHash>();

    [Theory]
    [InlineData("2026-03-01T00:00:00Z", "2026-03-01T00:00:00Z", "a Sunday's first instant stays")]
    [InlineData("2026-03-01T00:00:01Z", "2026-03-08T00:00:00Z", "a second later is a week")]
    [InlineData("2026-03-04T17:00:00Z", "2026-03-08T00:00:00Z", "the middle of a week")]
    [InlineData("2026-03-07T23:59:59Z", "2026-03-08T00:00:00Z", "the last second of a week")]
    [InlineData("2026-03-08T06:59:59+07:00", "2026-03-08T00:00:00Z", "told in UTC")]
    [InlineData("2026-12-31T17:00:00Z", "2027-01-03T00:00:00Z", "over the end of a year")]
    public void An_expiry_is_rounded_up_to_the_week(string expires, string batch, string because)
    {
        Assert.NotEmpty(because);
        Assert.Equal(Instant(batch), RevocationBatch.ExpiryOf(Instant(expires)));
    }

    [Fact]
    public void A_batch_has_the_gateway_s_shape_and_nothing_else()
    {
        var batch = new RevocationBatch("VN", OtherKid, Instant("2026-03-08T00:00:00Z"), false, [Hash(2), Hash(1)]);
        var (first, second) = RevocationHash.ByBytes.Compare(Hash(1), Hash(2)) < 0
            ? (Hash(1), Hash(2))
            : (Hash(2), Hash(1));
        Assert.Equal(
            """{"country":"VN","expires":"2026-03-08T00:00:00Z","kid":"+/8DBAUGBwg=","hashType":"SIGNATURE",""" +
            $$"""
            "entries":[{"hash":"{{Base64(first)}}"},{"hash":"{{Base64(second)}}"}]}
            """, Encoding.UTF8.GetString(batch.Json.Span));
        Assert.Equal(Sha256Digest.Of(batch.Json.Span), batch.Id);
        Assert.Equal(24, Base64(first).Length);
    }

    [Fact]
    public void A_full_batch_is_as_long_as_the_gateway_s()
    {
        var batch = new RevocationBatch("VN", OneKid, Later, false, Hashes(0, 1000));
        Assert.InRange(batch.Json.Length, 36_000, 36_150);
        Assert.Equal(1000, JsonNode.Parse(batch.Json.Span)!["entries"]!.AsArray().Count);
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new RevocationBatch("VN", OneKid, Later, false, Hashes(0, 1001)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RevocationBatch("VN", OneKid, Later, false, []));
    }

    [Fact]
    public void Each_DSC_and_week_and_every_suspension_has_batches_of_its_own()
    {
        var plan = Plan([],
        [
            .. Entries(0, 2500), .. Entries(5000, 10, kid: OtherKid), .. Entries(6000, 10, expires: Later.AddDays(7)),
            .. Entries(7000, 10, isSuspension: true),
        ]);
        Assert.Equal([10, 10, 10, 500, 1000, 1000], plan.New.Select(batch => batch.Hashes.Count).Order());
        Assert.All(plan.New, batch => Assert.Equal(0, (int)batch.Expires.DayOfWeek));
        Assert.Equal(Hashes(7000, 10), Assert.Single(plan.New, batch => batch.IsSuspension).Hashes.ToHashSet());
        Assert.Equal(2, plan.New.Select(batch => batch.Kid).Distinct().Count());
    }

    [Fact]
    public void The_same_entries_in_any_order_give_the_same_batches()
    {
        var entries = Entries(0, 1500).ToList();
        var one = Plan([], entries);
        entries.Reverse();
        Assert.Equal(one.New.Select(batch => batch.Id), Plan([], entries).New.Select(batch => batch.Id));
    }

    [Fact]
    public void What_is_out_stays_and_only_what_is_new_is_added()
    {
        var before = Plan([], Entries(0, 1500)).New;
        var plan = Plan(before, Entries(0, 1503));
        Assert.Equal(before.Select(b => b.Id).ToHashSet(), plan.Kept.Select(b => b.Id).ToHashSet());
        Assert.Equal(Hashes(1500, 3), Assert.Single(plan.New).Hashes.ToHashSet());
        Assert.Empty(plan.Deleted);
        var again = Plan([.. plan.Kept, .. plan.New], Entries(0, 1503));
        Assert.Empty(again.New);
        Assert.Empty(again.Deleted);
    }

    [Fact]
    public void Undoing_one_deletes_its_batch_and_publishes_the_rest_again()
    {
        var before = Plan([], Entries(0, 1500)).New;
        var undone = before[0].Hashes[0];
        var entries = Entries(0, 1500).Where(entry => entry.Hash != undone);
        var plan = Plan(before, entries, new HashSet<RevocationHash> { undone });
        Assert.Equal(before[0].Id, Assert.Single(plan.Deleted).Id);
        Assert.Equal(before[1].Id, Assert.Single(plan.Kept).Id);
        Assert.Equal(before[0].Hashes.Skip(1), Assert.Single(plan.New).Hashes);
        Assert.Empty(plan.Unexplained);
    }

    [Fact]
    public void A_hash_that_nobody_undid_does_not_leave_silently()
    {
        var before = Plan([], Entries(0, 10)).New;
        Assert.Equal(Hashes(0, 10), Plan(before, []).Unexplained.ToHashSet());
        Assert.Equal(Hashes(3, 1), Plan(before, Entries(0, 10).Where(e => e.Hash != Hash(3))).Unexplained.ToHashSet());
    }

    [Fact]
    public void A_suspension_that_becomes_a_revocation_changes_its_batch()
    {
        var before = Plan([], Entries(0, 3, isSuspension: true)).New;
        var plan = Plan(before, [.. Entries(0, 1), .. Entries(1, 2, isSuspension: true)]);
        Assert.Empty(plan.Unexplained);
        Assert.Single(plan.Deleted);
        Assert.Equal([false, true], plan.New.Select(batch => batch.IsSuspension).Order());
    }

    [Fact]
    public void An_expired_batch_lapses_and_is_nobody_s_fault()
    {
        var before = Plan([], Entries(0, 10)).New;
        var after = before[0].Expires;
        var plan = PlanBatches.From("VN", before, Entries(0, 10), Nobody, after);
        Assert.Equal(before[0].Id, Assert.Single(plan.Lapsed).Id);
        Assert.Equal((0, 0, 0, 0), (plan.Kept.Count, plan.New.Count, plan.Deleted.Count, plan.Unexplained.Count));
        Assert.Single(PlanBatches.From("VN", before, Entries(0, 10), Nobody, after.AddSeconds(-1)).Kept);
    }

    [Fact]
    public void Small_batches_are_merged_before_there_are_many()
    {
        IReadOnlyList<RevocationBatch> standing = [];
        var most = 0;
        for (var round = 1; round <= 60; round++)
        {
            var plan = Plan(standing, Entries(0, round * 20));
            standing = [.. plan.Kept, .. plan.New];
            most = Math.Max(most, standing.Count);
            Assert.Empty(plan.Unexplained);
            Assert.Equal(Hashes(0, round * 20), standing.SelectMany(batch => batch.Hashes).ToHashSet());
        }
        Assert.InRange(most, 2, 12);
    }

    static BatchPlan Plan(
        IReadOnlyList<RevocationBatch> previous, IEnumerable<RevocationEntry> entries,
        IReadOnlySet<RevocationHash>? undone = null) =>
        PlanBatches.From("VN", previous, entries, undone ?? Nobody, Now);

    static IEnumerable<RevocationEntry> Entries(
        int from, int count, Kid? kid = null, DateTimeOffset? expires = null, bool isSuspension = false) =>
        Hashes(from, count).Select(hash => new RevocationEntry(kid ?? OneKid, hash, expires ?? Later, isSuspension));

    static HashSet<RevocationHash> Hashes(int from, int count) => [.. Enumerable.Range(from, count).Select(Hash)];

    static RevocationHash Hash(int number) => new(SHA256.HashData(BitConverter.GetBytes(number)).AsSpan(0, 16));

    static string Base64(RevocationHash hash) => Convert.ToBase64String(hash.ToBytes());

    static DateTimeOffset Instant(string text) =>
        DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
