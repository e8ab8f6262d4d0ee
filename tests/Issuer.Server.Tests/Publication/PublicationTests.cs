using Issuer.Server.Features;
using Issuer.Server.Features.Pki;
using Issuer.Server.Features.Verification;
using Issuer.Server.Hosting;
using Issuer.Server.Hosting.Stores;
using Issuer.Server.Tests.Identity;
using Issuer.Verification.Publication;
using Issuer.Verification.Revocation;

namespace Issuer.Server.Tests.Publication;

/// <summary>From a revocation to what the world downloads, and everything that must not get out.</summary>
public sealed class PublicationTests : TwoCertified
{
    [Fact]
    public async Task A_revocation_is_in_every_form_at_the_next_publication_and_not_before_its_round()
    {
        var before = (await PublishAsync()).Sequence;
        var (id, hc1) = await CertificateAsync(Person.Hoa);
        var (_, other) = await CertificateAsync(Person.Duc);
        Assert.Equal("valid", await VerdictAsync(hc1));
        await RevokeAsync(id, "issued-in-error");

        await service.RoundAsync();
        Assert.Equal(before, (await ManifestAsync()).Sequence);

        Assert.Equal(1, (await PublishAsync()).Batches);
        Assert.Equal("revoked", await VerdictAsync(hc1));
        Assert.Equal("valid", await VerdictAsync(other));
        foreach (var folder in new[]
        {
            copy, Path.Combine(copy, "revocation"),
            $"{anybody.BaseAddress}v1", $"{anybody.BaseAddress}v1/revocation",
        })
        {
            var revoked = await LoadRevokedCertificates.FromAsync(folder, Anchor(), service.Now, null, default);
            Assert.True(Issuer.Hcert.HcertReader.TryRead(hc1, out var mine, out _));
            Assert.True(Issuer.Hcert.HcertReader.TryRead(other, out var others, out _));
            Assert.True(revoked.Includes(mine!));
            Assert.False(revoked.Includes(others!));
        }
    }

    [Fact]
    public async Task A_store_that_lost_certificates_publishes_nothing_and_what_is_out_there_stays()
    {
        var (id, hc1) = await CertificateAsync(Person.Hoa);
        await RevokeAsync(id);
        await PublishAsync();
        var before = await anybody.GetStringAsync("/v1/manifest.jws");
        await SqlAsync("delete from certificate");

        var refused = await Assert.ThrowsAsync<RefusedException>(() => PublishAsync());
        Assert.Contains("certificates-missing", refused.Message);
        Assert.Equal(before, await anybody.GetStringAsync("/v1/manifest.jws"));
        Assert.Equal("revoked", await VerdictAsync(hc1));
    }

    [Fact]
    public async Task A_revocation_that_vanished_from_the_store_without_having_been_undone_stops_publishing()
    {
        await RevokeAsync((await CertificateAsync(Person.Hoa)).Id);
        await PublishAsync();
        await SqlAsync("delete from revocation");
        var refused = await Assert.ThrowsAsync<RefusedException>(() => PublishAsync());
        Assert.Contains("unexplained-removal", refused.Message);
    }

    [Fact]
    public async Task An_undone_revocation_leaves_the_lists()
    {
        var (id, hc1) = await CertificateAsync(Person.Hoa);
        await RevokeAsync(id);
        await PublishAsync();
        await SqlAsync("update revocation set undone_at = decided_at, undone_by = 'test', undone_reason = 'a mistake'");
        Assert.Equal(0, (await PublishAsync()).Batches);
        Assert.Equal("valid", await VerdictAsync(hc1));
    }

    [Fact]
    public async Task A_clock_set_back_publishes_nothing()
    {
        await PublishAsync();
        await using var earlier = await IssuerServices.OpenAsync(
            service.Get<StoreSetup>() with
            {
                Clock = new ShiftedClock(TimeProvider.System, RunningService.Start.AddDays(-1)),
            },
            default);
        var refused = await Assert.ThrowsAsync<RefusedException>(() => PublishAsync(earlier));
        Assert.Contains("later than this clock says", refused.Message);
    }

    [Fact]
    public async Task Two_publications_of_one_second_are_told_apart_by_their_number_and_the_later_holds()
    {
        var (id, hc1) = await CertificateAsync(Person.Hoa);
        await using var still = await IssuerServices.OpenAsync(
            service.Get<StoreSetup>() with { Clock = new SimulatedTime(service.Now.AddMinutes(1)) }, default);
        await PublishAsync(still);
        var first = await ManifestAsync();
        var held = await ReadAsync(CompactListPaths.Full(first.Sequence), null);
        var text = await anybody.GetStringAsync("/v1/manifest.jws");
        await RevokeAsync(id);
        await PublishAsync(still);
        var second = await ManifestAsync();

        Assert.Equal((first.Sequence + 1, first.Issued), (second.Sequence, second.Issued));
        Assert.Equal("revoked", await VerdictAsync(hc1));
        Assert.Null(Read(await anybody.GetStringAsync("/v1/manifest.jws"), first.Sequence).Refusal);
        Assert.Contains("rolled back", Read(text, second.Sequence).Refusal, StringComparison.Ordinal);
        var full = await ReadAsync(CompactListPaths.Full(second.Sequence), held);
        var delta = await ReadAsync(CompactListPaths.Delta(first.Sequence, second.Sequence), held);
        Assert.Equal((1, full.Link), (full.Revoked.Count, delta.Link));

        ManifestReading Read(string jws, long newestSeen) => ReadManifest.From(
            jws, Manifest.PublicationType, Anchor(), still.Get<NationalClock>().Now, newestSeen);
    }

    [Fact]
    public async Task Nothing_new_is_published_between_rounds_and_a_lost_folder_is_filled_again()
    {
        var first = await PublishAsync();
        await service.RoundAsync();
        Directory.Delete(service.Published, recursive: true);
        await service.RoundAsync();
        Assert.Equal(first.Sequence, (await ManifestAsync()).Sequence);
    }

    [Fact]
    public async Task Every_instance_has_the_same_bytes()
    {
        await PublishAsync();
        // What an earlier publication named is still in the folder that is older.
        foreach (var file in Directory.EnumerateFiles(copy, "*", SearchOption.AllDirectories))
        {
            var path = Path.GetRelativePath(copy, file);
            Assert.Equal(
                File.ReadAllBytes(file), File.ReadAllBytes(Path.Combine(service.Published, path)));
        }
    }

    [Fact]
    public async Task A_deltas_chain_brings_a_verifier_to_the_full_list()
    {
        await PublishAsync();
        var first = await ManifestAsync();
        var firstList = await ReadAsync(CompactListPaths.Full(first.Sequence), null);
        await RevokeAsync((await CertificateAsync(Person.Hoa)).Id);
        await PublishAsync();
        await PublishAsync();
        var second = await ManifestAsync();
        var lists = first.Sequence;
        Assert.Equal(lists + 2, second.Sequence);
        Assert.Contains(
            second.Files, f => f.Path == CompactListPaths.Delta(lists, lists + 1) + CompactListPaths.EnvelopeEnd);
        Assert.Contains(
            second.Files, f => f.Path == CompactListPaths.Delta(lists + 1, lists + 2) + CompactListPaths.EnvelopeEnd);
        Assert.DoesNotContain(second.Files, f => f.Path == CompactListPaths.Full(lists) + CompactListPaths.EnvelopeEnd);

        var held = await ReadAsync(CompactListPaths.Full(second.Sequence), null);
        var caughtUp = await ReadAsync(CompactListPaths.Delta(lists, lists + 1), firstList);
        caughtUp = await ReadAsync(CompactListPaths.Delta(lists + 1, lists + 2), caughtUp);
        Assert.Equal(1, held.Revoked.Count);
        Assert.Equal(held.Link, caughtUp.Link);
    }

    async Task<CompactListState> ReadAsync(string path, CompactListState? held)
    {
        var envelope = await anybody.GetByteArrayAsync($"/v1/{path}{CompactListPaths.EnvelopeEnd}");
        var body = await anybody.GetByteArrayAsync($"/v1/{path}{CompactListPaths.BodyEnd}");
        using var anchor = service.Get<OwnAnchor>().Read();
        Assert.True(Issuer.Hcert.Dsc.TryParse(anchor.Der.Span, out var key, out _));
        return ReadCompactList.From(envelope, body, key!, held).State!;
    }
}
