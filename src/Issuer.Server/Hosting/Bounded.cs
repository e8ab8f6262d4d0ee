using System.Text;
using Issuer.Core;

namespace Issuer.Server.Hosting;

/// <summary>Reading from outside, with an end: nobody fills our memory through a pipe or a URL.</summary>
static class Bounded
{
    const int LongestText = 1024 * 1024;
    public const int LongestFile = 16 * 1024 * 1024;

    public static async Task<string> ReadTextAsync(Stream input, CancellationToken cancel) =>
        Encoding.UTF8.GetString(await ReadAsync(input, LongestText, cancel));

    /// <summary>A file's path or an http(s) URL.</summary>
    public static async Task<byte[]> FetchAsync(string source, CancellationToken cancel, int longest = LongestFile)
    {
        if (!Uri.TryCreate(source, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            await using var file = FileFault.OpenRead(source);
            return await ReadAsync(file, longest, cancel);
        }
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };
        try
        {
            using var response = await http.GetAsync(uri, HttpCompletionOption.ResponseHeadersRead, cancel);
            response.EnsureSuccessStatusCode();
            return await ReadAsync(await response.Content.ReadAsStreamAsync(cancel), longest, cancel);
        }
        catch (HttpRequestException e)
        {
            throw new RefusedException(new Rejection(RejectionKind.Unavailable, $"{uri}: {e.Message}"));
        }
    }

    static async Task<byte[]> ReadAsync(Stream input, int longest, CancellationToken cancel)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = await input.ReadAsync(buffer, cancel)) > 0)
        {
            if (bytes.Length + read > longest)
            {
                throw new RefusedException(new Rejection(RejectionKind.TooLarge, $"longer than {longest} bytes"));
            }
            bytes.Write(buffer, 0, read);
        }
        return bytes.ToArray();
    }
}
