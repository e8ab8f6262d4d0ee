using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using Issuer.Core.Publication;
using Issuer.Core.Revocation;
using Issuer.Core.TrustLists;
using Issuer.Server.Access;
using Issuer.Server.Hosting;
using Issuer.Server.Publication;
using Issuer.Server.Verification;
using Issuer.Storage;

namespace Issuer.Server.Tests.Publication;

/// <summary>From a revocation to what the world downloads, and everything that must not get out.</summary>
public sealed class PublicationTests : IAsyncLifetime
{
    readonly RunningService service = new();
    readonly string copy = Directory.CreateTempSubdirectory("issuer-copy-").FullName;

    HttpClient anybody = null!;

    public async Task InitializeAsync()
    {
        await service.InitializeAsync();
        anybody = service.Client();
        await service.CertifyAsync(Person.Hoa);
        await service.CertifyAsync(Person.Duc);
    }

    public async Task DisposeAsync()
    {
        anybody.Dispose();
        await service.DisposeAsync();
        Directory.Delete(copy, recursive: true);
    }

    Task<PublicationCounts> PublishAsync(Workplace? place = null) =>
        new PublishRound(place ?? service.Place).RunAsync(isForced: true, copy, default);

    async Task<(string Id, string Hc1)> CertificateAsync(Person person)
    {
        using var citizen = service.Citizen(person.Number);
        var id = (await citizen.CertificatesAsync())[0].GetProperty("id").GetString()!;
        var detail = await citizen.GetAsync($"/v1/me/certificates/{id}").JsonAsync(HttpStatusCode.OK);
        return (id, detail.GetProperty("hc1").GetString()!);
    }

    async Task RevokeAsync(string id, string reason = "fraud")
    {
        using var ministry = service.Client(service.Token(Roles.MinistrySecurity));
        await ministry.PostAsJsonAsync($"/v1/certificates/{id}/revoke", new { reason }).JsonAsync(HttpStatusCode.OK);
    }

    async Task<string> VerdictAsync(string hc1) =>
        (await anybody.PostAsJsonAsync("/v1/verify", new { hc1 }).JsonAsync(HttpStatusCode.OK))
        .GetProperty("verdict").GetString()!;

    byte[] Anchor() => File.ReadAllBytes(Path.Combine(copy, TrustListFiles.AnchorPath));

    async Task<Manifest> ManifestAsync() => ReadManifest.From(
        await anybody.GetStringAsync("/v1/manifest.jws"), Manifest.PublicationType, Anchor(), service.Place.Now).Manifest!;

    [Fact]
    public async Task A_revocation_is_in_every_form_at_the_next_publication_and_not_before_its_round()
    {
        await PublishAsync();
        var (id, hc1) = await CertificateAsync(Person.Hoa);
        var (_, other) = await CertificateAsync(Person.Duc);
        Assert.Equal("valid", await VerdictAsync(hc1));
        await RevokeAsync(id);

        await service.RoundAsync();
        Assert.Equal("valid", await VerdictAsync(hc1));

        Assert.Equal(1, (await PublishAsync()).Batches);
        Assert.Equal("revoked", await VerdictAsync(hc1));
        Assert.Equal("valid", await VerdictAsync(other));
        foreach (var folder in new[] { copy, Path.Combine(copy, "revocation"), $"{anybody.BaseAddress}v1", $"{anybody.BaseAddress}v1/revocation" })
        {
            var revoked = await RevokedCertificates.LoadAsync(folder, Anchor(), service.Place.Now, null, default);
            Assert.True(Issuer.Hcert.HcertReader.TryRead(hc1, out var mine, out _));
            Assert.True(Issuer.Hcert.HcertReader.TryRead(other, out var others, out _));
            Assert.True(revoked.Includes(mine!));
            Assert.False(revoked.Includes(others!));
        }
    }

    [Fact]
    public async Task Every_file_of_the_manifest_is_served_unchanged_with_an_ETag_and_by_name_for_ever()
    {
        await RevokeAsync((await CertificateAsync(Person.Hoa)).Id);
        await PublishAsync();
        var manifest = await ManifestAsync();
        foreach (var file in manifest.Files.Where(f => f.Path.StartsWith("revocation/", StringComparison.Ordinal)))
        {
            using var answer = await anybody.GetAsync($"/v1/{file.Path}");
            Assert.True(file.IsOf(await answer.Content.ReadAsByteArrayAsync()), file.Path);
            Assert.Contains("immutable", answer.Headers.CacheControl!.ToString());
            using var again = new HttpRequestMessage(HttpMethod.Get, $"/v1/{file.Path}");
            again.Headers.IfNoneMatch.Add(answer.Headers.ETag!);
            using var unchanged = await anybody.SendAsync(again);
            Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
        }
        Assert.All(manifest.Files, file => Assert.True(file.IsOf(File.ReadAllBytes(Path.Combine(copy, file.Path)))));
        Assert.Contains(manifest.Files, file => file.Path.EndsWith(".cms", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    public async Task What_compresses_well_is_sent_compressed_to_whoever_takes_it(string coding)
    {
        await PublishAsync();
        var plain = await anybody.GetByteArrayAsync("/v1/value-sets.json");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/value-sets.json");
        request.Headers.AcceptEncoding.ParseAdd(coding);
        using var answer = await anybody.SendAsync(request);
        Assert.Equal(coding, Assert.Single(answer.Content.Headers.ContentEncoding));
        await using var body = await answer.Content.ReadAsStreamAsync();
        await using Stream reading = coding == "br"
            ? new BrotliStream(body, CompressionMode.Decompress)
            : new GZipStream(body, CompressionMode.Decompress);
        using var unpacked = new MemoryStream();
        await reading.CopyToAsync(unpacked);
        Assert.Equal(plain, unpacked.ToArray());
    }

    [Theory]
    [InlineData("/v1/revocation/..%2f..%2fissuer.db")]
    [InlineData("/v1/revocation/compact/full-99999999.cose")]
    [InlineData("/v1/revocation/")]
    public async Task What_is_not_published_is_not_there(string path)
    {
        await PublishAsync();
        using var answer = await anybody.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
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
        await using var earlier = await Workplace.OpenAsync(
            service.Place.Options with { Clock = new ShiftedClock(TimeProvider.System, RunningService.Start.AddDays(-1)) }, default);
        var refused = await Assert.ThrowsAsync<RefusedException>(() => PublishAsync(earlier));
        Assert.Contains("later than this clock says", refused.Message);
    }

    [Fact]
    public async Task Nothing_new_is_published_between_rounds_and_a_lost_folder_is_filled_again()
    {
        var first = await PublishAsync();
        await service.RoundAsync();
        Directory.Delete(service.Place.PublishedDirectory, recursive: true);
        await service.RoundAsync();
        Assert.Equal(first.Sequence, (await ManifestAsync()).Sequence);
    }

    [Fact]
    public async Task Every_instance_has_the_same_bytes()
    {
        await PublishAsync();
        foreach (var file in Directory.EnumerateFiles(service.Place.PublishedDirectory, "*", SearchOption.AllDirectories))
        {
            var path = Path.GetRelativePath(service.Place.PublishedDirectory, file);
            Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(Path.Combine(copy, path)));
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
        Assert.Contains(second.Files, f => f.Path == CompactListPaths.Delta(lists, lists + 1) + CompactListPaths.EnvelopeEnd);
        Assert.Contains(second.Files, f => f.Path == CompactListPaths.Delta(lists + 1, lists + 2) + CompactListPaths.EnvelopeEnd);
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
        using var anchor = service.Place.TrustAnchor();
        Assert.True(Issuer.Hcert.Dsc.TryParse(anchor.Der.Span, out var key, out _));
        return ReadCompactList.From(envelope, body, key!, held).State!;
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"hc1": 1}""")]
    [InlineData("""{"hc1": "HC1:", "at": "yesterday"}""")]
    [InlineData("not json")]
    public async Task A_question_that_cannot_be_read_is_refused(string body)
    {
        await PublishAsync();
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await anybody.PostAsync("/v1/verify", content);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task An_expired_certificate_can_be_had_anew()
    {
        await PublishAsync();
        var (_, hc1) = await CertificateAsync(Person.Hoa);
        var verdict = await anybody.PostAsJsonAsync("/v1/verify", new { hc1, at = "2028-06-01T00:00:00Z" })
            .JsonAsync(HttpStatusCode.OK);
        Assert.Equal(("expired", true),
            (verdict.GetProperty("verdict").GetString(), verdict.GetProperty("can_be_had_anew").GetBoolean()));
    }

    async Task SqlAsync(string sql)
    {
        await using var database = await Database.OpenAsync(null, service.Place.Options.DataDirectory, default);
        await database.WriteAsync(session => session.ExecuteAsync(sql), default);
    }
}
