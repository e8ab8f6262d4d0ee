using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Issuer.Core.Facilities;

/// <summary>
/// JWS compact serialisation with ES256 (RFC 7515 section 7.1, RFC 7518 section 3.4): what a facility's signature
/// comes in. Refused: any other algorithm, <c>crit</c>, padding, more than 16 KiB.
/// </summary>
public sealed class CompactJws
{
    const int LongestText = 16 * 1024;
    const int SignatureLength = 64;

    static readonly string Header = Base64Url.EncodeToString("""{"alg":"ES256"}"""u8);

    readonly byte[] signed;
    readonly byte[] signature;

    CompactJws(byte[] signed, byte[] payload, byte[] signature)
    {
        this.signed = signed;
        this.signature = signature;
        Payload = payload;
    }

    /// <summary>Not to be believed before <see cref="IsSignedBy"/>.</summary>
    public byte[] Payload { get; }

    public static string Sign(ReadOnlySpan<byte> payload, ECDsa key)
    {
        var input = $"{Header}.{Base64Url.EncodeToString(payload)}";
        var signature = key.SignData(Encoding.ASCII.GetBytes(input), HashAlgorithmName.SHA256);
        return $"{input}.{Base64Url.EncodeToString(signature)}";
    }

    public static bool TryParse(string? text, [NotNullWhen(true)] out CompactJws? jws)
    {
        jws = null;
        if (text is null || text.Length > LongestText || !Ascii.IsValid(text)
            || text.Split('.') is not [var h, var p, var s])
        {
            return false;
        }
        try
        {
            if (!IsEs256(Decode(h)) || Decode(s) is not { Length: SignatureLength } sig)
            {
                return false;
            }
            jws = new CompactJws(Encoding.ASCII.GetBytes($"{h}.{p}"), Decode(p), sig);
            return true;
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    public bool IsSignedBy(ECDsa key) => key.VerifyData(signed, signature, HashAlgorithmName.SHA256);

    /// <summary>The platform's reader lets padding, white space and stray bits pass.</summary>
    static byte[] Decode(string part)
    {
        var bytes = Base64Url.DecodeFromChars(part);
        return Base64Url.EncodeToString(bytes) == part ? bytes : throw new FormatException("Not strict base64url.");
    }

    static bool IsEs256(byte[] header)
    {
        using var json = JsonDocument.Parse(header, new JsonDocumentOptions { MaxDepth = 4 });
        return json.RootElement.ValueKind == JsonValueKind.Object
            && json.RootElement.TryGetProperty("alg", out var alg) && alg.ValueEquals("ES256")
            && !json.RootElement.TryGetProperty("crit", out _);
    }
}
