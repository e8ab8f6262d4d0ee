using System.Net;
using System.Net.Http.Json;
using Issuer.Server.Hosting.Stores;
using Microsoft.Data.Sqlite;

namespace Issuer.Server.Tests.Publication;

/// <summary>
/// A download asks no database: there is none. The store is taken away from under a running service, which has read
/// none of the files yet, and they are answered all the same.
/// </summary>
public sealed class NoQueryTests : TwoCertified
{
    static readonly string[] Downloads =
    [
        "/v1/trust-list", "/v1/trust-list/anchor", "/v1/trust-list/list.jws", "/v1/trust-list/certificates.pem",
        "/v1/trust-list/list-{list}.json", "/.well-known/jwks.json", "/.well-known/did.json", "/trust-anchor/did.json",
        "/signercertificateUpdate", "/signercertificateStatus", "/signercertificateStatus/delta", "/v1/manifest.jws",
        "/v1/bundle.bin", "/v1/value-sets.json", "/lists", "/healthz/live", "/metrics",
    ];

    [Fact]
    public async Task Every_download_and_verify_is_answered_while_there_is_no_database()
    {
        var (id, hc1) = await CertificateAsync(Person.Hoa);
        var (_, other) = await CertificateAsync(Person.Duc);
        await RevokeAsync(id);
        await PublishAsync();
        var published = service.Published;
        var paths = Directory.EnumerateFiles(published, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(published, path)).ToList();
        var list = paths.Single(path => path.StartsWith("trust-list/list-", StringComparison.Ordinal)
            && path.EndsWith(".json", StringComparison.Ordinal))["trust-list/list-".Length..^".json".Length];

        await using (await WithoutStoreAsync())
        {
            foreach (var path in Downloads
                .Select(path => path.Replace("{list}", list, StringComparison.Ordinal)))
            {
                Assert.NotEmpty(await AnswerAsync(path));
            }
            foreach (var path in paths.Where(path => path.StartsWith("revocation/", StringComparison.Ordinal)))
            {
                Assert.Equal(File.ReadAllBytes(Path.Combine(published, path)), await AnswerAsync($"/v1/{path}"));
            }
            using var app = new EuApp(service.Client());
            var kid = EuApp.Kid((await app.ListsAsync())[0].GetProperty("kid").GetString()!);
            Assert.NotEmpty((await app.JsonAsync($"{kid}/partitions")).EnumerateArray());
            Assert.Equal("revoked", await VerdictAsync(hc1));
            Assert.Equal(["judged by the lists alone: the store does not answer"], await WarningsAsync(other));
            Assert.Empty(await WarningsAsync(other[..^4] + "0000"));
            using var byKids = await anybody.PostAsJsonAsync("/signercertificateUpdate", new[] { "AAAAAAAAAAA=" });
            Assert.Equal(HttpStatusCode.OK, byKids.StatusCode);
            Assert.Equal(2, (await ManifestAsync()).Sequence);
            await NotAnsweredAsync();
        }
        await anybody.GetAsync("/healthz/ready").JsonAsync(HttpStatusCode.OK);
    }

    async Task<string[]> WarningsAsync(string hc1) =>
        [.. (await anybody.PostAsJsonAsync("/v1/verify", new { hc1 }).JsonAsync(HttpStatusCode.OK))
            .GetProperty("warnings").EnumerateArray().Select(warning => warning.GetString()!)];

    /// <summary>Whole, then by its ETag, then its head alone.</summary>
    async Task<byte[]> AnswerAsync(string path)
    {
        using var whole = await anybody.GetAsync(path);
        Assert.True(whole.StatusCode == HttpStatusCode.OK, $"{path}: {whole.StatusCode}");
        if (whole.Headers.ETag is { } etag)
        {
            using var again = new HttpRequestMessage(HttpMethod.Get, path);
            again.Headers.IfNoneMatch.Add(etag);
            using var unchanged = await anybody.SendAsync(again);
            Assert.True(unchanged.StatusCode == HttpStatusCode.NotModified, $"{path}: {unchanged.StatusCode}");
            using var head = await anybody.SendAsync(new HttpRequestMessage(HttpMethod.Head, path));
            Assert.True(head.StatusCode == HttpStatusCode.OK, $"HEAD {path}: {head.StatusCode}");
        }
        return await whole.Content.ReadAsByteArrayAsync();
    }

    /// <summary>Whatever does ask the store has no answer: it is really gone.</summary>
    async Task NotAnsweredAsync()
    {
        using var citizen = service.Citizen(Person.Hoa.Number);
        using var certificates = await citizen.GetAsync("/v1/me/certificates");
        Assert.InRange((int)certificates.StatusCode, 500, 599);
        using var ready = await anybody.GetAsync("/healthz/ready");
        Assert.InRange((int)ready.StatusCode, 500, 599);
    }

    /// <summary>Moved away, with a folder in its issuer, so that nothing can be opened or made there.</summary>
    async Task<IAsyncDisposable> WithoutStoreAsync()
    {
        var store = Path.Combine(service.Get<DataFolder>().Path, "issuer.db");
        string[] ends = ["", "-wal", "-shm"];
        SqliteConnection.ClearAllPools();
        foreach (var end in ends.Where(end => File.Exists(store + end)))
        {
            File.Move(store + end, store + end + ".away");
        }
        Directory.CreateDirectory(store);
        await NotAnsweredAsync();
        return new Back(() =>
        {
            SqliteConnection.ClearAllPools();
            Directory.Delete(store);
            foreach (var end in ends.Where(end => File.Exists(store + end + ".away")))
            {
                File.Move(store + end + ".away", store + end);
            }
        });
    }

    sealed class Back(Action put) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            put();
            return ValueTask.CompletedTask;
        }
    }
}
