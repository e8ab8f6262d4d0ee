using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Issuer.Verification.TrustLists;

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

    /// <summary>How a statement names a file: SHA-256 in lower-case hex.</summary>
    public static string DigestOf(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>The statement as a JWS of the anchor's.</summary>
    public string Sign(IAnchorSigner anchor) => AnchorJws.Sign(
        JsonSerializer.SerializeToUtf8Bytes(this, PublishedJson.Plain.ListStatement), Type, anchor);

    static ListStatement? Parse(byte[]? payload)
    {
        try
        {
            return payload is not null
                && JsonSerializer.Deserialize(payload, PublishedJson.Plain.ListStatement)
                is { Content: not null } statement
                    ? statement : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
