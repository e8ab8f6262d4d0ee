using System.Buffers.Text;
using System.Formats.Tar;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Issuer.Core.Revocation;
using Issuer.Verification.Revocation;

namespace Issuer.Server.Tests.Publication;

/// <summary>What the EU's Android app sends: a bare ETag, kids in base64url.</summary>
sealed class EuApp(HttpClient client) : IDisposable
{
    public string? Etag { get; private set; }

    public string Filter { get; set; } = SliceKind.Bloom.ToWire();

    public static string Kid(string base64) => Base64Url.EncodeToString(Convert.FromBase64String(base64));

    public async Task<JsonElement> ListsAsync()
    {
        using var answer = await client.GetAsync("/lists");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Etag = answer.Headers.ETag!.Tag.Trim('"');
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    public async Task<JsonElement> JsonAsync(string path)
    {
        using var answer = await SendAsync(
            HttpMethod.Get, $"/lists/{path}", ("If-Match", Etag!), ("X-SLICE-FILTER-TYPE", Filter));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <param name="body">Null: a GET.</param>
    public async Task<Dictionary<string, byte[]>> SlicesAsync(string path, string? body = null)
    {
        using var answer = body is null
            ? await SendAsync(HttpMethod.Get, $"/lists/{path}", ("If-Match", Etag!), ("X-SLICE-FILTER-TYPE", Filter))
            : await PostAsync($"/lists/{path}", body);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/gzip", answer.Content.Headers.ContentType!.MediaType);
        using var tar = new TarReader(
            new GZipStream(await answer.Content.ReadAsStreamAsync(), CompressionMode.Decompress));
        var slices = new Dictionary<string, byte[]>();
        while (await tar.GetNextEntryAsync(copyData: true) is { } entry)
        {
            using var content = new MemoryStream();
            await entry.DataStream!.CopyToAsync(content);
            slices.Add(entry.Name, content.ToArray());
        }
        return slices;
    }

    public Task<HttpResponseMessage> PostAsync(string path, string? body) => SendAsync(
        HttpMethod.Post, path, body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"),
        ("If-Match", Etag!), ("X-SLICE-FILTER-TYPE", Filter));

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, params (string, string)[] headers) =>
        SendAsync(method, path, null, headers);

    async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
        return await client.SendAsync(request);
    }

    public void Dispose() => client.Dispose();
}
