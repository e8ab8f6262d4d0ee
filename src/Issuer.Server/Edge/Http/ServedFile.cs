using Issuer.Core;
using Issuer.Server.Hosting;
using Issuer.Server.Hosting.Stores;
using Issuer.Verification.TrustLists;
using Microsoft.Net.Http.Headers;

namespace Issuer.Server.Edge.Http;

/// <summary>
/// A published file with its compressed forms, kept in memory until it is replaced whole. One that never changes is not
/// even looked at again.
/// </summary>
sealed class ServedFile(string path, string contentType, bool isImmutable = false)
{
    const string Shared = "public, max-age=300";

    volatile Content? current;

    public static ServedFile TrustList(DataFolder data) => Of(data, TrustListFiles.EuPath, "application/json");

    public static ServedFile Of(DataFolder data, string path, string contentType) =>
        new(Path.Combine(data.Published, path), contentType);

    /// <summary>0 before it was first read.</summary>
    public long BytesHeld => current is { } held
        ? held.Bytes.Length + (held.Brotli?.Length ?? 0) + (held.Gzip?.Length ?? 0)
        : 0;

    public static Rejection NothingYet { get; } = new(RejectionKind.Unavailable, "nothing has been published yet");

    public IResult Answer(HttpContext http) => AnswerOrNull(http) ?? Problem.Of(NothingYet);

    /// <summary>Null when there is no such file.</summary>
    public IResult? AnswerOrNull(HttpContext http)
    {
        if (Read() is not { } content)
        {
            return null;
        }
        var caching = isImmutable ? Conditional.Immutable : Shared;
        if (content.Brotli is null && content.Gzip is null)
        {
            return Conditional.Bytes(http, content.Bytes, contentType, content.Etag, caching);
        }
        http.Response.Headers.Vary = HeaderNames.AcceptEncoding;
        var (coding, bytes) = Chosen(http.Request.Headers.AcceptEncoding.ToString(), content);
        if (coding is not null)
        {
            http.Response.Headers.ContentEncoding = coding;
        }
        // Each form has an ETag of its own: they are different bytes (RFC 9110 section 8.8.3).
        return Conditional.Bytes(
            http, bytes, contentType, coding is null ? content.Etag : $"{content.Etag}-{coding}", caching);
    }

    /// <summary>Null when there is no such file.</summary>
    public Content? Read()
    {
        if (isImmutable && current is { } unchanging)
        {
            return unchanging;
        }
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
        return current = new Content(written, bytes, Conditional.EtagOf(bytes),
            Compressed(FileWriter.Brotli, written), Compressed(FileWriter.Gzip, written));
    }

    /// <summary>Written after the plain file; an older one is of older content.</summary>
    byte[]? Compressed(string end, DateTime notBefore) =>
        new FileInfo(path + end) is { Exists: true } file && file.LastWriteTimeUtc >= notBefore
            ? File.ReadAllBytes(file.FullName)
            : null;

    /// <summary>A coding that is refused (<c>q=0</c>) is rare enough to be answered plainly.</summary>
    static (string? Coding, byte[] Bytes) Chosen(string accepted, Content content)
    {
        if (accepted.Contains("q=0", StringComparison.Ordinal))
        {
            return (null, content.Bytes);
        }
        return content.Brotli is { } brotli && accepted.Contains("br", StringComparison.Ordinal) ? ("br", brotli)
            : content.Gzip is { } gzip && accepted.Contains("gzip", StringComparison.Ordinal) ? ("gzip", gzip)
            : (null, content.Bytes);
    }

    public sealed record Content(
        DateTime Written, byte[] Bytes, string Etag, byte[]? Brotli = null, byte[]? Gzip = null);
}
