using System.Text;
using Issuer.Core;

namespace Issuer.Server.Hosting;

/// <summary>Reading from outside, with an end: nobody fills our memory through a pipe or a URL.</summary>
static class Bounded
{
    const int LongestText = 1024 * 1024;
    public const int LongestFile = 16 * 1024 * 1024;

    static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static async Task<string> ReadTextAsync(Stream input, CancellationToken cancel) =>
        Encoding.UTF8.GetString(ByteOrderMark.Without(await ReadAsync(input, LongestText, cancel)));

    /// <summary>
    /// A file's path or an http(s) URL. What does not come whole in time is refused: a server that drips, a pipe that
    /// nobody writes to.
    /// </summary>
    /// <param name="patience">For all of it; null: two minutes.</param>
    public static async Task<byte[]> FetchAsync(
        string source, CancellationToken cancel, int longest = LongestFile, TimeSpan? patience = null)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        ending.CancelAfter(patience ?? Patience);
        try
        {
            // Opening a pipe waits and hears no cancelling: that is left behind.
            return await Task.Run(() => ReadFromAsync(source, longest, ending.Token), ending.Token)
                .WaitAsync(ending.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw Unavailable(source, "it did not come whole in time");
        }
    }

    /// <summary>The same of a text, without its mark.</summary>
    public static async Task<byte[]> FetchTextAsync(
        string source, CancellationToken cancel, int longest = LongestFile) =>
        ByteOrderMark.Without(await FetchAsync(source, cancel, longest));

    static async Task<byte[]> ReadFromAsync(string source, int longest, CancellationToken cancel)
    {
        if (!Uri.TryCreate(source, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            await using var file = FileFault.OpenRead(source);
            return await ReadAsync(file, longest, cancel);
        }
        using var http = new HttpClient();
        try
        {
            using var response = await http.GetAsync(uri, HttpCompletionOption.ResponseHeadersRead, cancel);
            response.EnsureSuccessStatusCode();
            return await ReadAsync(await response.Content.ReadAsStreamAsync(cancel), longest, cancel);
        }
        // The last one is what a redirection to another scheme comes to.
        catch (Exception e) when (e is HttpRequestException or IOException or UriFormatException)
        {
            throw Unavailable(source, e.Message);
        }
    }

    static RefusedException Unavailable(string source, string why) =>
        new(new Rejection(RejectionKind.Unavailable, $"{source}: {why}"));

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
