using System.Buffers.Text;
using Issuer.Core;
using Issuer.Core.Revocation;
using Issuer.Hcert;
using Issuer.Server.Edge.Http;
using Issuer.Server.Features.Publication;
using Issuer.Verification;
using Issuer.Verification.Revocation;

namespace Issuer.Server.Edge.Rest.Publication;

/// <summary>Which slices are wanted; what is null does not narrow it.</summary>
sealed record SliceQuestion(
    string Kid, string Partition, string? Chunk = null, string[]? Chunks = null, string? Sid = null,
    string[]? Sids = null);

/// <summary>The answers.</summary>
sealed class DistributionQuestions(PublishedDistribution distribution)
{
    /// <summary>A partition has 16 chunks, a chunk a slice for each week.</summary>
    const int MostIds = 1000;

    const int SidLength = 2 * Sha256Digest.Length;

    /// <summary>An answer belongs to its If-Match: what is kept under one stays right.</summary>
    const string Cached = "public, max-age=300";

    public IResult Lists(HttpContext http)
    {
        if (distribution.Read() is not { } content)
        {
            return NotThere("nothing has been published yet");
        }
        http.Response.Headers.ETag = $"\"{content.Etag}\"";
        http.Response.Headers.CacheControl = Conditional.Public;
        return Conditional.Names(http.Request.Headers.IfNoneMatch, content.Etag)
            ? Unchanged
            : TypedResults.Json(content.Lists.Select(ListView.Of));
    }

    public IResult Partitions(HttpContext http, string kid, DistributionHeaders headers) =>
        Answer(http, kid, headers, (pack, since) => pack.Partitions.Where(one => IsNew(one.LastUpdated, since)).ToList()
            is { Count: > 0 } partitions
                ? TypedResults.Json(partitions.Select(one => PartitionView.Of(pack, one)))
                : Unchanged);

    public IResult Partition(HttpContext http, string kid, string id, DistributionHeaders headers) =>
        Answer(http, kid, headers, (pack, since) => Find(pack, id) is not { } partition
            ? NotThere("there is no partition of this name")
            : IsNew(partition.LastUpdated, since) ? TypedResults.Json(PartitionView.Of(pack, partition)) : Unchanged);

    public IResult Slices(HttpContext http, SliceQuestion asked, DistributionHeaders headers) =>
        Answer(http, asked.Kid, headers, (pack, since) =>
        {
            if ((asked.Chunks ?? asked.Sids) is { Length: > MostIds })
            {
                return Problem.Of(new Rejection(RejectionKind.TooLarge, $"more than {MostIds} ids"));
            }
            if (asked.Chunks?.All(chunk => chunk is [var digit] && char.IsAsciiHexDigitLower(digit)) == false
                || asked.Sids?.All(IsSid) == false)
            {
                return Malformed("a chunk's id is a hexadecimal digit, a slice's 64 of them, in lower case");
            }
            if (Find(pack, asked.Partition) is not { } partition)
            {
                return NotThere("there is no partition of this name");
            }
            var wanted = Wanted(partition, asked).ToList();
            // An app that has every slice of a chunk asks for none of them.
            if (wanted.Count == 0 && asked is not ({ Chunks.Length: 0 } or { Sids.Length: 0 }))
            {
                return NotThere("there are no slices with these ids");
            }
            var newer = wanted.FindAll(one => IsNew(one.Slice.Since, since));
            return newer.Count == 0 && wanted.Count > 0
                ? Unchanged
                : TypedResults.Bytes(SliceArchive.Of(pack, partition, newer), SliceArchive.ContentType);
        });

    static IEnumerable<(string Chunk, PackedSlice Slice)> Wanted(PackPartition partition, SliceQuestion asked)
    {
        var (chunks, sids) = (asked.Chunks?.ToHashSet(), asked.Sids?.ToHashSet());
        return partition.Chunks
            .Where(chunk => (asked.Chunk is null || chunk.Key == asked.Chunk) && chunks?.Contains(chunk.Key) != false)
            .SelectMany(chunk => chunk.Value.Select(slice => (chunk.Key, slice)))
            .Where(one => (asked.Sid is null || one.slice.Id.ToString() == asked.Sid)
                && sids?.Contains(one.slice.Id.ToString()) != false);
    }

    IResult Answer(
        HttpContext http, string kid, DistributionHeaders headers,
        Func<DistributionPack, DateTimeOffset?, IResult> answer)
    {
        if (distribution.Read() is not { } content)
        {
            return NotThere("nothing has been published yet");
        }
        if (string.IsNullOrEmpty(headers.Match))
        {
            return Malformed("If-Match must be the ETag of /lists");
        }
        if (!Conditional.Names(headers.Match, content.Etag))
        {
            return Problem.Of(StatusCodes.Status412PreconditionFailed);
        }
        if (DistributionNames.KindOf(headers.Filter ?? SliceKind.Bloom.ToWire()) is not { } kind)
        {
            return Malformed($"{DistributionHeaders.FilterName} is neither BLOOMFILTER nor VARHASHLIST");
        }
        if (!Conditional.TryInstant(headers.Since, out var since))
        {
            return Malformed("If-Modified-Since is neither an RFC 3339 nor an HTTP date");
        }
        if (!TryKid(kid, out var known) || !content.Packs.TryGetValue((known, kind), out var pack))
        {
            return NotThere("nothing is revoked under this kid");
        }
        http.Response.Headers.CacheControl = Cached;
        http.Response.Headers.Vary = $"If-Match, If-Modified-Since, {DistributionHeaders.FilterName}";
        return answer(pack, since);
    }

    static bool TryKid(string text, out Kid kid)
    {
        Span<byte> bytes = stackalloc byte[Kid.Length];
        var isKid = text.Length is 11 or 12 && Base64Url.TryDecodeFromChars(text, bytes, out var length)
            && length == Kid.Length;
        kid = isKid ? new Kid(bytes) : default;
        return isKid;
    }

    static PackPartition? Find(DistributionPack pack, string id) =>
        pack.Partitions.FirstOrDefault(partition => (partition.Id ?? "null") == id);

    static bool IsSid(string? text) =>
        text is { Length: SidLength } && text.All(char.IsAsciiHexDigitLower);

    static bool IsNew(DateTimeOffset at, DateTimeOffset? since) => since is null || at > since;

    static IResult Unchanged => TypedResults.StatusCode(StatusCodes.Status304NotModified);

    static IResult NotThere(string why) => Problem.Of(new Rejection(RejectionKind.NotFound, why));

    static IResult Malformed(string why) => Problem.Of(new Rejection(RejectionKind.Malformed, why));
}
