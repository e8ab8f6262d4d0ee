using Issuer.Benchmarks;
using Issuer.Core.Approvals;
using Issuer.Core.Certificates;
using Issuer.Core.Publication;
using Issuer.Core.Revocation;
using Issuer.Hcert;
using Issuer.Server.Edge.Access;
using Issuer.Server.Features;
using Issuer.Server.Features.Certificates;
using Issuer.Server.Features.Pki;
using Issuer.Server.Features.Publication;
using Issuer.Server.Hosting.Stores;
using Issuer.Storage.Certificates;
using Issuer.Verification;
using Issuer.Verification.Publication;
using Issuer.Verification.Revocation;
using AskingPerson = Issuer.Core.Approvals.Person;

namespace Issuer.Server.Tests.Publication;

/// <summary>
/// Years of revocations, suspensions, undone ones, leaks with successors and passing time, in any order: an
/// acknowledged revocation is in every format at the next publication, and stays until its certificate has expired.
/// </summary>
public sealed class EveryRevocationTests : IAsyncLifetime
{
    const int Steps = 220;
    const int PeopleAtOnce = 12;

    readonly string directory = Directory.CreateTempSubdirectory("issuer-every-").FullName;
    readonly SteppedClock clock = new(RunningService.Start);

    /// <summary>What must be, by slot: whose lineage, until when, and what was acknowledged last.</summary>
    readonly SortedDictionary<long, (IssuedCertificate Certificate, Refusal? Refused)> all = [];

    IssuerServices issuer = null!;
    Dsc anchor = null!;
    readonly Dictionary<(SliceKind Kind, Sha256Digest Id), PackedSlice> slices = [];
    CompactListState? held;
    ulong chance;
    int people;

    /// <param name="Until">A suspension's end; null: for good.</param>
    /// <param name="Act">Acknowledged together, undone together.</param>
    sealed record Refusal(DateTimeOffset? Until, int Act)
    {
        public bool IsInForce(DateTimeOffset at) => Until is null || Until > at;
    }

    public async Task InitializeAsync()
    {
        issuer = await Opened.DevelopmentAsync(directory, clock);
        await issuer.Get<EnterStore>().RunAsync(default);
        await issuer.Get<ActiveDscs>().LoadAsync(default);
        using var own = issuer.Get<OwnAnchor>().Read();
        Assert.True(Dsc.TryParse(own.Der.Span, out var key, out _));
        anchor = key;
    }

    public async Task DisposeAsync()
    {
        await issuer.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task An_acknowledged_revocation_is_in_every_format_until_its_certificate_has_expired(int seed)
    {
        chance = (ulong)seed << 32;
        await IssueAsync();
        var listed = 0;
        for (var step = 0; step < Steps; step++)
        {
            clock.Set(clock.GetUtcNow().AddSeconds(1));
            await (Next(12) switch
            {
                0 when step < Steps / 3 => IssueAsync(),
                < 3 => RevokeAsync(RevocationReason.Fraud, null, step),
                3 => RevokeAsync(RevocationReason.Leaked, null, step),
                < 6 => RevokeAsync(RevocationReason.Other, clock.GetUtcNow().AddHours(1 + Next(900)), step),
                6 => UndoAsync(),
                < 9 => PassAsync(TimeSpan.FromMinutes(Next(14_000))),
                _ => Task.CompletedTask,
            });
            if (Next(3) == 0)
            {
                listed += await PublishAndCompareAsync(step);
            }
        }
        Assert.True(listed > 500);
        await PassAsync(TimeSpan.FromDays(500));
        Assert.Equal(0, await PublishAndCompareAsync(Steps));
    }

    int Next(int below) => (int)(RevocationSample.Mix(++chance) % (ulong)below);

    /// <summary>More people, and successors of what leaked.</summary>
    async Task IssueAsync()
    {
        await BenchPeople.AddAsync(issuer, people, PeopleAtOnce, default);
        people += PeopleAtOnce;
        await issuer.Get<IssueRound>().RunAsync("test", null, default);
        await foreach (var one in issuer.Get<HolderCertificates>().AllAsync(default))
        {
            all.TryAdd(one.Slot.Value, (one, null));
        }
    }

    Task PassAsync(TimeSpan time)
    {
        clock.Set(clock.GetUtcNow() + time);
        return Task.CompletedTask;
    }

    async Task RevokeAsync(RevocationReason reason, DateTimeOffset? until, int act)
    {
        var chosen = all.Values.ElementAt(Next(all.Count)).Certificate;
        var end = until is { } some
            ? DateTimeOffset.FromUnixTimeSeconds(some.ToUnixTimeSeconds())
            : (DateTimeOffset?)null;
        var outcome = await issuer.Get<RevokeCertificates>().RevokeAsync(
            new RevocationRequest(chosen.Slot, reason, "a test", end), issuer.Get<NationalClock>().Act("test"),
            default);
        Assert.Equal(chosen.ExpiresAt <= clock.GetUtcNow(), outcome.IsRefused(out _, out _));
        foreach (var (slot, (certificate, refused)) in all.Where(one => reason == RevocationReason.Leaked
            ? one.Key == chosen.Slot.Value : one.Value.Certificate.LineageId == chosen.LineageId).ToList())
        {
            var isStricter = refused is null || (refused.Until is { } standing && (end is null || end > standing));
            if (certificate.ExpiresAt > clock.GetUtcNow() && isStricter)
            {
                all[slot] = (certificate, new Refusal(end, act));
            }
        }
    }

    async Task UndoAsync()
    {
        var standing = all.Values.Where(
            one => one.Refused is not null && one.Certificate.ExpiresAt > clock.GetUtcNow()).ToList();
        if (standing.Count == 0)
        {
            return;
        }
        var (chosen, refused) = standing[Next(standing.Count)];
        var asked = await issuer.Get<TwoPersonActs>().RequestAsync(
            new UndoRevocation(chosen.Slot.Value, "a mistake"), new AskingPerson("one", Roles.All),
            issuer.Get<NationalClock>().Now, default);
        Assert.False(asked.IsRefused(out _, out var approval));
        var done = await issuer.Get<TwoPersonActs>().ApproveAsync(
            approval!.Id, new AskingPerson("two", Roles.All), issuer.Get<NationalClock>().Now, default);
        Assert.False(done.IsRefused(out _, out _));
        foreach (var (slot, (certificate, _)) in all.Where(one => one.Value.Refused?.Act == refused!.Act).ToList())
        {
            all[slot] = (certificate, null);
        }
    }

    /// <returns>How many certificates the list refuses.</returns>
    async Task<int> PublishAndCompareAsync(int step)
    {
        await issuer.Get<PublishRound>().RunAsync(isForced: true, null, default);
        var now = clock.GetUtcNow();
        var expected = all.Where(one => one.Value.Refused?.IsInForce(now) == true).ToList();
        var slots = expected.Where(one => one.Value.Certificate.ExpiresAt > now).Select(one => one.Key).ToList();
        var paths = await issuer.Get<IPublicationStore>().PathsAsync(default);

        var full = Compact(CompactListPaths.FindFull(paths)!, null);
        Assert.True(slots.SequenceEqual(Numbers(full)), $"step {step}: the full list");
        if (held is not null)
        {
            var caughtUp = Compact(CompactListPaths.Delta(held.Sequence, held.Sequence + 1), held);
            Assert.True(slots.SequenceEqual(Numbers(caughtUp)), $"step {step}: the delta");
        }
        held = full;
        var hashes = expected.Select(one => one.Value.Certificate)
            .Where(one => RevocationBatch.ExpiryOf(one.ExpiresAt) > now)
            .Select(one => RevocationHash.OfSignature(CoseAlgorithm.ES256, one.Signature)).ToHashSet();
        var batched = paths.Where(BuildBatches.IsJson).Select(
            path => ReadBatch.From(Read(path), path.Contains("suspended-", StringComparison.Ordinal))!)
            .SelectMany(batch => batch.Hashes).ToHashSet();
        Assert.True(hashes.SetEquals(batched), $"step {step}: the batches");
        CompareDistribution(step, [.. expected.Select(one => one.Value.Certificate)
            .Where(one => RevocationBatch.ExpiryOf(one.ExpiresAt) > now).Select(one => new RevocationEntry(
                Kid.TryParse(one.Kid, out var kid) ? kid : default,
                RevocationHash.OfSignature(CoseAlgorithm.ES256, one.Signature), one.ExpiresAt, false))]);
        return slots.Count;
    }

    /// <summary>The slices are those of just these hashes; each has the date of the publication it came with.</summary>
    void CompareDistribution(int step, List<RevocationEntry> expected)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(clock.GetUtcNow().ToUnixTimeSeconds());
        var content = new PublishedDistribution(issuer.Get<DataFolder>().Published).Read()!;
        foreach (var kind in new[] { SliceKind.Bloom, SliceKind.Prefix })
        {
            var built = new BuildSlices(kind, expected).Slices.ToDictionary(
                placed => (placed.Address, placed.Expires), placed => Sha256Digest.Of(placed.Slice.Bytes.Span));
            var there = content.Packs.Values.Where(pack => pack.Kind == kind).SelectMany(pack => pack.Partitions
                    .SelectMany(part => part.Chunks.SelectMany(chunk => chunk.Value.Select(slice =>
                        (Place: (new ChunkAddress(pack.Kid, part.Id, chunk.Key), slice.Expires), Slice: slice)))))
                .ToDictionary(one => one.Place, one => one.Slice);
            Assert.True(
                built.OrderBy(one => one.Value.ToString()).SequenceEqual(
                    there.Select(one => KeyValuePair.Create(one.Key, one.Value.Id))
                        .OrderBy(one => one.Value.ToString())),
                $"step {step}: the {kind} slices");
            Assert.All(there, one => Assert.Equal(
                slices.GetValueOrDefault((kind, one.Value.Id))?.Since ?? now, one.Value.Since));
            foreach (var id in slices.Keys.Where(key => key.Kind == kind).ToList())
            {
                slices.Remove(id);
            }
            foreach (var slice in there.Values)
            {
                slices[(kind, slice.Id)] = slice;
            }
        }
    }

    static IEnumerable<long> Numbers(CompactListState list) => list.Revoked.Ascending().Select(slot => slot.Value);

    CompactListState Compact(string path, CompactListState? from)
    {
        var reading = ReadCompactList.From(
            Read(path + CompactListPaths.EnvelopeEnd), Read(path + CompactListPaths.BodyEnd), anchor, from);
        Assert.Null(reading.Fault);
        return reading.State!;
    }

    byte[] Read(string path) => File.ReadAllBytes(Path.Combine(issuer.Get<DataFolder>().Published, path));
}
