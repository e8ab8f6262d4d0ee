using System.Net;
using System.Security.Cryptography;
using Issuer.Core.Publication;
using Issuer.Core.Revocation;
using Issuer.Server.Features;
using Issuer.Server.Features.Pki;
using Issuer.Server.Features.Publication;
using Issuer.Server.Hosting;
using Issuer.Server.Hosting.Stores;
using Issuer.Storage;
using Issuer.Storage.Certificates;
using Issuer.Verification;
using Issuer.Verification.Publication;

namespace Issuer.Server.Tests.Publication;

/// <summary>The EU's distribution lists from one publication to the next.</summary>
public sealed class DistributionRoundTests
{
    [Fact]
    public async Task Before_the_first_publication_there_is_nothing()
    {
        var service = new RunningService();
        await service.InitializeAsync();
        using var app = new EuApp(service.Client());
        foreach (var path in new[] { "/lists", "/lists/AQIDBAUGBwg/partitions" })
        {
            using var answer = await app.SendAsync(HttpMethod.Get, path, ("If-Match", "x"));
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
        await service.Get<PublishRound>().RunAsync(isForced: true, null, default);
        Assert.Empty((await app.ListsAsync()).EnumerateArray());
        await service.DisposeAsync();
    }

    [Fact]
    public async Task Lists_that_did_not_change_keep_their_ETag_and_others_get_another()
    {
        var service = new RunningService();
        await DistributionTests.PrepareAsync(service);
        using var app = new EuApp(service.Client());
        await app.ListsAsync();
        var (first, files) = (app.Etag, Files(service.Issuer));
        await PublishAsync(service);
        await app.ListsAsync();
        Assert.Equal(first, app.Etag);
        Assert.Equal(files, Files(service.Issuer));

        var good = (await service.Get<HolderCertificates>().AllAsync(default).ToListAsync())
            .First(one => one.Revocation is null);
        await service.Get<RevokeCertificates>().RevokeAsync(
            new RevocationRequest(good.Slot, RevocationReason.Leaked), service.Act("test"), default);
        var before = Slices(service.Issuer);
        await PublishAsync(service);
        using var outdated = await app.SendAsync(HttpMethod.Get, "/lists/AQIDBAUGBwg/partitions", ("If-Match", first!));
        Assert.Equal(HttpStatusCode.PreconditionFailed, outdated.StatusCode);
        await app.ListsAsync();
        Assert.NotEqual(first, app.Etag);
        // One chunk of each kind has another slice; the rest are the same, dates and all.
        var after = Slices(service.Issuer);
        Assert.Equal(2, after.Except(before).Count());
        Assert.InRange(before.Except(after).Count(), 0, 2);
        await service.DisposeAsync();
    }

    [Fact]
    public async Task A_good_certificate_with_the_hash_of_a_revoked_one_stops_publishing()
    {
        var service = new RunningService();
        await DistributionTests.PrepareAsync(service);
        var before = Files(service.Issuer);
        await SqlAsync(service, """
            update certificate set revocation_hash = (
                select c.revocation_hash from certificate c join revocation v on v.slot = c.slot limit 1)
            where slot = (select max(c.slot) from certificate c
                where not exists (select 1 from revocation v where v.slot = c.slot))
            """);
        var refused = await Assert.ThrowsAsync<RefusedException>(() => PublishAsync(service));
        Assert.Contains("the distribution lists are not published", refused.Message);
        Assert.Equal(before, Files(service.Issuer));
        await service.DisposeAsync();
    }

    [Fact]
    public async Task A_publication_of_before_gains_the_lists_and_a_lost_folder_is_filled_again()
    {
        var service = new RunningService();
        await DistributionTests.PrepareAsync(service);
        var last = (await service.Get<IPublicationStore>().LatestAsync(default))!;
        var manifest = ReadManifest.Unverified(last.Text)!;
        using var anchor = service.Get<OwnAnchor>().Read();
        var without = (manifest with { Files = [.. manifest.Files.Where(f => !DistributionLists.IsOurs(f.Path))] })
            .Sign(Manifest.PublicationType, anchor);
        await SqlAsync(service, $"update publication set manifest = '{without}' where sequence = {last.Sequence}");
        await SqlAsync(service, "delete from published_file where path like 'distribution/%'");
        Directory.Delete(service.Published, recursive: true);
        await PublishAsync(service);
        using var app = new EuApp(service.Client());
        Assert.Single((await app.ListsAsync()).EnumerateArray());
        // The lists and a pack of either kind.
        Assert.Equal(3, Files(service.Issuer).Count);
        await service.DisposeAsync();
    }

    static Task<PublicationCounts> PublishAsync(RunningService service) =>
        service.Get<PublishRound>().RunAsync(isForced: true, null, default);

    static List<string> Files(IssuerServices issuer) =>
        [.. Directory
            .EnumerateFiles(
                Path.Combine(issuer.Get<DataFolder>().Published, "distribution"), "*", SearchOption.AllDirectories)
            .Select(path => $"{path} {Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)))}").Order()];

    static List<(string?, string, Sha256Digest, DateTimeOffset)> Slices(IssuerServices issuer) =>
        [.. new PublishedDistribution(issuer.Get<DataFolder>().Published)
            .Read()!.Packs.Values.SelectMany(pack => pack.Partitions)
            .SelectMany(part => part.Chunks.SelectMany(chunk => chunk.Value.Select(slice =>
                (part.Id, chunk.Key, slice.Id, slice.Since))))];

    static async Task SqlAsync(RunningService service, string sql)
    {
        await using var database = await Database.OpenAsync(null, service.Get<DataFolder>().Path, default);
        await database.WriteAsync(session => session.ExecuteAsync(sql), default);
    }
}
