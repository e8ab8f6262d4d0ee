using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Issuer.Core.TrustLists;

/// <summary>What the anchor says about the list of a moment.</summary>
/// <param name="Sequence">Rises with every signature; who saw a higher one is being shown an old list.</param>
/// <param name="Next">By then there is another: without it, the list is stale.</param>
/// <param name="Content">SHA-256 of the content file in lower-case hex; it is the file's name, too.</param>
/// <param name="Foreign">The same of the file of other countries' DSCs; null: there is none.</param>
public sealed record ListStatement(
    long Sequence, DateTime Issued, DateTime Next, string Content,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Foreign = null)
{
    public const string Type = "trust-list+jws";

    /// <summary>Null when this anchor did not say it.</summary>
    public static ListStatement? Verified(string jws, X509Certificate2 anchor) =>
        Parse(AnchorJws.Verified(jws, Type, anchor));

    /// <summary>For whoever wrote the file: nothing vouches for it. Null when it is not a statement.</summary>
    public static ListStatement? Unverified(string jws) =>
        Parse(jws.Split('.') is [_, var payload, _] ? AnchorJws.Decode(payload) : null);

    static ListStatement? Parse(byte[]? payload)
    {
        try
        {
            return payload is not null
                && JsonSerializer.Deserialize<ListStatement>(payload, TrustListItem.Json)
                is { Content: not null } statement
                    ? statement : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>
/// The small part of the list that is made anew all day: freshness, over content that hardly changes.
/// </summary>
public static class SignTrustList
{
    /// <summary>Renewed halfway, so that a stale list is one whose renewal failed for half a day.</summary>
    static readonly TimeSpan Fresh = TimeSpan.FromDays(1);

    /// <summary>The statement before, as it is, while it says the same and is fresh; otherwise a new one.</summary>
    /// <param name="foreign">The file of other countries' DSCs; null: there is none.</param>
    /// <param name="previous">The JWS before; null: none.</param>
    public static string Renewed(
        byte[] content, byte[]? foreign, string? previous, TrustAnchor anchor, DateTimeOffset now)
    {
        var digest = DigestOf(content);
        var foreignDigest = foreign is null ? null : DigestOf(foreign);
        var before = previous is null ? null : ListStatement.Verified(previous, anchor.Certificate);
        if (before is not null && before.Content == digest && before.Foreign == foreignDigest
            && now < before.Issued + (Fresh / 2))
        {
            return previous!;
        }
        var issued = DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds());
        // From the clock, so that it goes on rising when what was published before is lost.
        var sequence = Math.Max(issued.ToUnixTimeSeconds(), before is null ? 0 : before.Sequence + 1);
        var statement = new ListStatement(
            sequence, issued.UtcDateTime, (issued + Fresh).UtcDateTime, digest, foreignDigest);
        return AnchorJws.Sign(
            JsonSerializer.SerializeToUtf8Bytes(statement, TrustListItem.Json), ListStatement.Type, anchor);
    }

    public static string DigestOf(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
