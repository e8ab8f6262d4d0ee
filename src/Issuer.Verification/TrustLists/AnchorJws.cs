using System.Buffers.Text;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Issuer.Verification.X509;

namespace Issuer.Verification.TrustLists;

/// <summary>
/// What the anchor signs besides CMS: JWS compact serialisation (RFC 7515 section 7.1) with <c>x5c</c>, ES256 or PS256
/// as its key is. <c>typ</c> keeps one kind of statement from passing for another (RFC 8725 section 3.11).
/// </summary>
public static class AnchorJws
{
    const int LongestText = 64 * 1024;

    public static string Sign(ReadOnlySpan<byte> payload, string type, IAnchorSigner anchor)
    {
        var input = $"{HeaderOf(type, anchor.Certificate)}.{Base64Url.EncodeToString(payload)}";
        return $"{input}.{Base64Url.EncodeToString(anchor.SignRaw(Encoding.ASCII.GetBytes(input)))}";
    }

    /// <summary>
    /// The payload, when exactly this anchor made exactly this kind of statement; otherwise null, never an exception.
    /// The header must be the one we write: a certificate in it is compared, not believed.
    /// </summary>
    /// <param name="longest">In characters.</param>
    public static byte[]? Verified(
        string text, string type, X509Certificate2 anchor, int longest = LongestText)
    {
        if (text.Length > longest || !Ascii.IsValid(text) || text.Split('.') is not [var header, var payload, var seal]
            || header != HeaderOf(type, anchor)
            || Decode(payload) is not { } bytes || Decode(seal) is not { } signature)
        {
            return null;
        }
        return AnchorKey.Verifies(anchor.PublicKey, Encoding.ASCII.GetBytes($"{header}.{payload}"), signature)
            ? bytes
            : null;
    }

    /// <summary>The certificate that a statement names; nothing vouches for it. Null: it names none.</summary>
    public static byte[]? SignerOf(string text)
    {
        try
        {
            return text.Length <= LongestText && Decode(text.Split('.')[0]) is { } header
                && JsonSerializer.Deserialize(header, PublishedJson.Plain.JwsHeader) is { X5c: [var der] }
                    ? der.ToArray()
                    : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Null for anything but what we would have written: the platform's reader lets stray bits pass.</summary>
    internal static byte[]? Decode(string part)
    {
        if (!Base64Url.IsValid(part))
        {
            return null;
        }
        var bytes = Base64Url.DecodeFromChars(part);
        return Base64Url.EncodeToString(bytes) == part ? bytes : null;
    }

    static string HeaderOf(string type, X509Certificate2 anchor) => Base64Url.EncodeToString(
        JsonSerializer.SerializeToUtf8Bytes(
            new JwsHeader(AnchorKey.AlgorithmOf(anchor.PublicKey), type, [anchor.RawDataMemory]),
            PublishedJson.Plain.JwsHeader));
}

/// <summary>The header of a statement, in the order in which it is written.</summary>
sealed record JwsHeader(string? Alg, string Typ, IReadOnlyList<ReadOnlyMemory<byte>> X5c);
