using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Issuer.Benchmarks;
using Issuer.Core.Publication;
using Issuer.Core.Revocation;
using Issuer.Verification;
using Issuer.Verification.Revocation;

namespace Issuer.Server.Tests.Publication;

/// <summary>The EU's distribution API as its apps call it, over certificates of which a third was revoked.</summary>
public sealed class DistributionTests(DistributionTests.Published fixture) : IClassFixture<DistributionTests.Published>
{
    /// <summary>A service whose lists are divided by no digit.</summary>
    public sealed class Published : IAsyncLifetime
    {
        public RunningService Service { get; } = new();

        public Task InitializeAsync() => PrepareAsync(Service);

        public Task DisposeAsync() => Service.DisposeAsync();
    }

    internal static async Task PrepareAsync(RunningService service)
    {
        await service.InitializeAsync();
        await BenchPublication.MakeAsync(service.Issuer, certificates: 60, revokedOf: 3, default);
    }

    [Theory]
    [InlineData(1000, 2000, "POINT")]
    [InlineData(0, 1000, "VECTOR")]
    [InlineData(0, 0, "COORDINATE")]
    public async Task A_walk_through_every_call_meets_the_same_slices(long point, long vector, string mode)
    {
        var service = new RunningService { Distribution = new DistributionThresholds(point, vector) };
        await PrepareAsync(service);
        using var app = new EuApp(service.Client());
        var list = Assert.Single((await app.ListsAsync()).EnumerateArray());
        Assert.Equal((mode, "SIGNATURE"),
            (list.GetProperty("mode").GetString(), list.GetProperty("hashTypes")[0].GetString()));
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$", list.GetProperty("lastUpdated").GetString());
        var kid = list.GetProperty("kid").GetString()!;
        foreach (var kind in new[] { SliceKind.Bloom, SliceKind.Prefix })
        {
            app.Filter = kind.ToWire();
            var met = new Dictionary<string, byte[]>();
            foreach (var partition in (await app.JsonAsync($"{EuApp.Kid(kid)}/partitions")).EnumerateArray())
            {
                foreach (var (name, content) in await AllSlicesAsync(app, kid, partition, mode))
                {
                    met.Add(name, content);
                }
            }
            await AssertSlicesAsync(service, kind, kid, met);
        }
        await service.DisposeAsync();
    }

    /// <summary>By each way there is; they must agree.</summary>
    static async Task<Dictionary<string, byte[]>> AllSlicesAsync(
        EuApp app, string kid, JsonElement partition, string mode)
    {
        var (id, x, y) = (partition.GetProperty("id").GetString(), partition.GetProperty("x").GetString(),
            partition.GetProperty("y").GetString());
        Assert.Equal(mode switch { "POINT" => null, "VECTOR" => x, _ => x + y }, id);
        Assert.Equal((mode != "POINT", mode == "COORDINATE"), (x is not null, y is not null));
        Assert.Equal(kid, partition.GetProperty("kid").GetString());
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$", partition.GetProperty("lastUpdated").GetString());
        var path = $"{EuApp.Kid(kid)}/partitions/{id ?? "null"}";
        Assert.Equal(partition.GetRawText(), (await app.JsonAsync(path)).GetRawText());

        var all = await app.SlicesAsync($"{path}/slices", "null");
        var chunks = partition.GetProperty("chunks").EnumerateObject().ToList();
        var (byChunk, bySid, single) = (new List<string>(), new List<string>(), new List<string>());
        foreach (var chunk in chunks)
        {
            Assert.Matches("^[0-9a-f]$", chunk.Name);
            var sids = chunk.Value.EnumerateObject().Select(slice =>
            {
                Assert.Equal(
                    DayOfWeek.Sunday,
                    DateTimeOffset.Parse(slice.Name, CultureInfo.InvariantCulture).UtcDateTime.DayOfWeek);
                Assert.Equal((app.Filter, "1.0"),
                    (slice.Value.GetProperty("type").GetString(), slice.Value.GetProperty("version").GetString()));
                return slice.Value.GetProperty("hash").GetString()!;
            }).ToArray();
            byChunk.AddRange((await app.SlicesAsync($"{path}/chunks/{chunk.Name}/slices")).Keys);
            bySid.AddRange((await app.SlicesAsync(
                $"{path}/chunks/{chunk.Name}/slices", JsonSerializer.Serialize(sids))).Keys);
            foreach (var sid in sids)
            {
                var one = Assert.Single(await app.SlicesAsync($"{path}/chunks/{chunk.Name}/slices/{sid}"));
                Assert.Equal($"{kid}/{id ?? "null"}/{chunk.Name}/{sid}", one.Key);
                Assert.Equal(sid, Convert.ToHexStringLower(SHA256.HashData(one.Value)));
                single.Add(one.Key);
            }
        }
        // The iOS app names all sixteen, whether or not they are there.
        var cids = await app.SlicesAsync(
            $"{path}/slices", JsonSerializer.Serialize("0123456789abcdef".Select(digit => $"{digit}")));
        Assert.All(new IEnumerable<string>[] { byChunk, bySid, single, cids.Keys }, names =>
            Assert.Equal(all.Keys.Order(), names.Order()));
        Assert.Empty(await app.SlicesAsync($"{path}/slices", "[]"));
        return all;
    }

    /// <summary>Just what the store's revoked certificates make.</summary>
    static async Task AssertSlicesAsync(
        RunningService service, SliceKind kind, string kid, Dictionary<string, byte[]> met)
    {
        var entries = await service.Get<IPublicationStore>().SnapshotAsync(
            service.Now, async source => await source.RefusedAsync(service.Now, default)
                .Select(one => new RevocationEntry(one.Kid, one.Hash, one.ExpiresAt, one.IsSuspended)).ToListAsync(),
            default);
        Assert.Equal(20, entries.Count);
        var built = new BuildSlices(kind, entries, service.Distribution).Slices.ToDictionary(placed =>
            $"{kid}/{placed.Address.Partition ?? "null"}/{placed.Address.Chunk}/"
            + $"{Sha256Digest.Of(placed.Slice.Bytes.Span)}");
        Assert.Equal(built.Keys.Order(), met.Keys.Order());
        Assert.All(built, one => Assert.Equal(one.Value.Slice.Bytes.ToArray(), met[one.Key]));
    }

    [Theory]
    [InlineData("{0}")]
    [InlineData("\"{0}\"")]
    [InlineData("W/\"{0}\"")]
    [InlineData("\"another\", \"{0}\"")]
    public async Task An_ETag_is_understood_quoted_and_bare(string form)
    {
        using var app = new EuApp(fixture.Service.Client());
        var kid = EuApp.Kid((await app.ListsAsync())[0].GetProperty("kid").GetString()!);
        Assert.True(Guid.TryParse(app.Etag, out _));
        var tag = form.Replace("{0}", app.Etag, StringComparison.Ordinal);
        using var unchanged = await app.SendAsync(HttpMethod.Get, "/lists", ("If-None-Match", tag));
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
        Assert.Equal($"\"{app.Etag}\"", unchanged.Headers.ETag!.Tag);
        using var answer = await app.SendAsync(HttpMethod.Get, $"/lists/{kid}/partitions", ("If-Match", tag));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("", "If-None-Match", "", 200)]
    [InlineData("", "If-None-Match", "\"another\"", 200)]
    [InlineData("/{kid}/partitions", "If-Match", "", 400)]
    [InlineData("/{kid}/partitions", "If-Match", "\"another\"", 412)]
    [InlineData("/{kid}/partitions/null/slices", "If-Match", "another", 412)]
    [InlineData("/{kid}/partitions", "X-SLICE-FILTER-TYPE", "VARHASHLIST", 200)]
    [InlineData("/{kid}/partitions", "X-SLICE-FILTER-TYPE", "bloomfilter", 400)]
    [InlineData("/{kid}/partitions", "If-Modified-Since", "2022-03-01T10:00Z", 200)]
    [InlineData("/{kid}/partitions", "If-Modified-Since", "2022-03-01T11:00+01:00[Europe/Berlin]", 200)]
    [InlineData("/{kid}/partitions", "If-Modified-Since", "Berlin]", 400)]
    [InlineData("/{kid}/partitions", "If-Modified-Since", "2022-03-01T10:00:00.123456+02:00", 200)]
    [InlineData("/{kid}/partitions", "If-Modified-Since", "Tue, 01 Mar 2022 10:00:00 GMT", 200)]
    [InlineData("/{kid}/partitions", "If-Modified-Since", "2099-03-01T10:00Z", 304)]
    [InlineData("/{kid}/partitions/null", "If-Modified-Since", "2099-03-01T10:00Z", 304)]
    [InlineData("/{kid}/partitions/null/slices", "If-Modified-Since", "2099-03-01T10:00Z", 304)]
    [InlineData("/{kid}/partitions/null/slices", "If-Modified-Since", "2022-03-01T10:00Z", 200)]
    [InlineData("/{kid}/partitions", "If-Modified-Since", "yesterday", 400)]
    [InlineData("/{kid}/partitions", "", "", 200)]
    [InlineData("/AQIDBAUGBwg/partitions", "", "", 404)]
    [InlineData("/nonsense/partitions", "", "", 404)]
    [InlineData("/..%2F..%2Fkeys/partitions", "", "", 404)]
    [InlineData("/{kid}/partitions/a", "", "", 404)]
    [InlineData("/{kid}/partitions/a/slices", "", "", 404)]
    [InlineData("/{kid}/partitions/null/chunks/x/slices", "", "", 404)]
    [InlineData("/{kid}/partitions/null/chunks/0/slices/0", "", "", 404)]
    public async Task Every_header_and_id_has_its_answer(string path, string header, string value, int status)
    {
        using var app = new EuApp(fixture.Service.Client());
        var kid = EuApp.Kid((await app.ListsAsync())[0].GetProperty("kid").GetString()!);
        var method = path.EndsWith("null/slices", StringComparison.Ordinal)
            || path.EndsWith("/a/slices", StringComparison.Ordinal)
            ? HttpMethod.Post : HttpMethod.Get;
        List<(string, string)> headers = header is "If-Match" or "If-None-Match" ? [] : [("If-Match", app.Etag!)];
        if (value.Length > 0)
        {
            headers.Add((header, value));
        }
        using var answer = await app.SendAsync(
            method, "/lists" + path.Replace("{kid}", kid, StringComparison.Ordinal), [.. headers]);
        Assert.Equal(status, (int)answer.StatusCode);
        if (status >= 400)
        {
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        }
        else if (method == HttpMethod.Get)
        {
            using var head = await app.SendAsync(
                HttpMethod.Head, "/lists" + path.Replace("{kid}", kid, StringComparison.Ordinal), [.. headers]);
            Assert.Equal(answer.StatusCode, head.StatusCode);
            Assert.Empty(await head.Content.ReadAsByteArrayAsync());
        }
    }

    [Theory]
    [InlineData("{}", 400)]
    [InlineData("[1]", 400)]
    [InlineData("[null]", 400)]
    [InlineData("""["g"]""", 400)]
    [InlineData("""["0", "ff"]""", 400)]
    [InlineData("not json", 400)]
    [InlineData("long", 413)]
    [InlineData("none", 200)]
    public async Task A_body_is_null_or_a_bounded_list_of_ids(string body, int status)
    {
        using var app = new EuApp(fixture.Service.Client());
        var kid = EuApp.Kid((await app.ListsAsync())[0].GetProperty("kid").GetString()!);
        foreach (var path in new[] { "slices", $"chunks/{await ChunkAsync(app, kid)}/slices" })
        {
            using var answer = await app.PostAsync($"/lists/{kid}/partitions/null/{path}", body switch
            {
                "long" => JsonSerializer.Serialize(Enumerable.Repeat("0", 1001)),
                "none" => null,
                _ => body,
            });
            Assert.Equal(status, (int)answer.StatusCode);
        }
        using var strange = await app.PostAsync(
            $"/lists/{kid}/partitions/null/chunks/{await ChunkAsync(app, kid)}/slices",
            JsonSerializer.Serialize(new[] { new string('0', 64) }));
        Assert.Equal(HttpStatusCode.NotFound, strange.StatusCode);
    }

    static async Task<string> ChunkAsync(EuApp app, string kid) =>
        (await app.JsonAsync($"{kid}/partitions/null")).GetProperty("chunks").EnumerateObject().First().Name;
}
