using Issuer.Core;
using Issuer.Core.TrustLists;
using Issuer.Server.Hosting;
using Issuer.Server.Http;

namespace Issuer.Server.TrustList;

/// <summary>A published file that is replaced whole when something new is published; kept in memory until then.</summary>
sealed class ServedFile(string path, string contentType)
{
    const string Shared = "public, max-age=300";

    volatile Content? current;

    public static ServedFile TrustList(Workplace place) => Of(place, TrustListFiles.EuPath, "application/json");

    public static ServedFile Of(Workplace place, string path, string contentType) =>
        new(Path.Combine(place.PublishedDirectory, path), contentType);

    public static Rejection NothingYet { get; } = new(RejectionKind.Unavailable, "nothing has been published yet");

    public IResult Answer(HttpContext http) => Read() is { } content
        ? Conditional.Bytes(http, content.Bytes, contentType, content.Etag, Shared)
        : Problem.Of(NothingYet);

    /// <summary>Null when nothing has been published yet.</summary>
    public Content? Read()
    {
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            return null;
        }
        var written = file.LastWriteTimeUtc;
        if (current is { } known && known.Written == written)
        {
            return known;
        }
        var bytes = File.ReadAllBytes(path);
        return current = new Content(written, bytes, Conditional.EtagOf(bytes));
    }

    public sealed record Content(DateTime Written, byte[] Bytes, string Etag);
}
