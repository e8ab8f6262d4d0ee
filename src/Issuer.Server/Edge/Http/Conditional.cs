using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Issuer.Core;
using Issuer.Core.Records;
using Issuer.Server.Hosting;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Issuer.Server.Edge.Http;

/// <summary>Answers with an ETag, and with 304 to whoever has that answer already (RFC 9110, section 13).</summary>
static class Conditional
{
    /// <summary>Kept by the caller alone, and asked for again each time.</summary>
    public const string Private = "private, no-cache";

    /// <summary>Kept by whoever likes, and asked for again each time.</summary>
    public const string Public = "public, no-cache";

    /// <summary>Of what is named by its content.</summary>
    public const string Immutable = "public, max-age=31536000, immutable";

    /// <summary>Pictures of certificates lie in no cache.</summary>
    public const string Unstored = "private, no-store";

    const string JsonType = "application/json; charset=utf-8";

    public static IResult Json<T>(HttpContext context, T value, string cacheControl = Private)
    {
        var body = BodyOf(context, value);
        return Bytes(context, body, JsonType, EtagOf(body), cacheControl);
    }

    /// <summary>The same where the ETag is known before the answer: whoever has it already costs no answer.</summary>
    public static IResult Json<T>(HttpContext context, string etag, Func<T> value)
    {
        var tag = $"\"{etag}\"";
        if (context.Request.Headers.IfNoneMatch != tag)
        {
            // Longer lists, weak tags and "*" are rare enough to be compared with the answer in hand.
            return Bytes(context, BodyOf(context, value()), JsonType, etag, Private);
        }
        context.Response.Headers.CacheControl = Private;
        context.Response.Headers.ETag = tag;
        return TypedResults.StatusCode(StatusCodes.Status304NotModified);
    }

    public static IResult Bytes(HttpContext context, byte[] body, string type, string etag, string cacheControl)
    {
        context.Response.Headers.CacheControl = cacheControl;
        return TypedResults.Bytes(body, type, entityTag: new EntityTagHeaderValue($"\"{etag}\""));
    }

    /// <summary>
    /// The version that a correction is made on, as its ETag was given or bare; If-Match must name exactly one. A weak
    /// one names none: it says that the rest may differ (RFC 9110, section 13.1.1).
    /// </summary>
    public static long VersionOf(HttpRequest request)
    {
        var sent = request.Headers.IfMatch;
        return sent is [{ } tag]
            && int.TryParse(Unquoted(tag), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? version
            : throw new RefusedException(new Rejection(
                RejectionKind.Malformed, "If-Match must be the ETag of the record as it was read",
                [new Fault(HeaderNames.IfMatch, sent.Count == 0 ? FaultCode.Missing : FaultCode.BadVersion)]));
    }

    static ReadOnlySpan<char> Unquoted(string tag)
    {
        var bare = tag.AsSpan().Trim();
        return bare is ['"', .., '"'] ? bare[1..^1] : bare;
    }

    /// <summary>
    /// Whether If-Match or If-None-Match names an ETag: quoted, or bare as the EU's apps send it; weak too, since a
    /// proxy that compresses weakens it.
    /// </summary>
    public static bool Names(string? header, string etag) => (header ?? "").Split(',', StringSplitOptions.TrimEntries)
        .Any(tag => tag == "*" || tag.Replace("W/", "", StringComparison.Ordinal).Trim('"') == etag);

    /// <summary>If-Modified-Since in either form, RFC 3339 or an HTTP date; null when it is not there.</summary>
    public static bool TryInstant(string? text, out DateTimeOffset? moment)
    {
        moment = null;
        if (string.IsNullOrEmpty(text))
        {
            return true;
        }
        // Android's apps may add the zone's name: 2022-03-01T10:00Z[UTC].
        var read = DateTimeOffset.TryParse(
            text.EndsWith(']') && text.IndexOf('[') is >= 0 and var zone ? text[..zone] : text,
            CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant);
        moment = instant;
        return read;
    }

    static byte[] BodyOf<T>(HttpContext context, T value) => JsonSerializer.SerializeToUtf8Bytes(
        value, context.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions);

    public static string EtagOf(ReadOnlySpan<byte> content) =>
        Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 16));
}
