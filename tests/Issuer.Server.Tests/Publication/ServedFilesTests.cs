using System.IO.Compression;
using System.Net;

namespace Issuer.Server.Tests.Publication;

/// <summary>The published files over HTTP: unchanged, named for ever, compressed, and nothing else.</summary>
public sealed class ServedFilesTests : TwoCertified
{
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
}
