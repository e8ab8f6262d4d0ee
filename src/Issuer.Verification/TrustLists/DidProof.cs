using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Issuer.Verification.X509;

namespace Issuer.Verification.TrustLists;

/// <summary>
/// The proof of a DID trust list: JsonWebSignature2020, a detached JWS (RFC 7797, <c>b64</c> false) over the SHA-256 of
/// the proof's and of the document's canonical N-Quads. We write r‖s, as JWS asks; the WHO's gateway writes DER, and
/// both are read.
/// </summary>
static class DidProof
{
    static readonly string[] Algorithms = ["ES256", "PS256"];

    /// <summary>The <c>jws</c> for a document whose proof lacks nothing else.</summary>
    public static string Sign(JsonElement document, IAnchorSigner anchor)
    {
        var header = HeaderOf(AnchorKey.AlgorithmOf(anchor.Certificate.PublicKey)!);
        return $"{header}..{Base64Url.EncodeToString(anchor.SignRaw(ToBeSigned(document, header)))}";
    }

    /// <summary>Whether the key signed every statement of the document. Never throws on what it is given.</summary>
    public static bool Verifies(JsonElement document, PublicKey key)
    {
        try
        {
            return document.TryGetProperty("proof", out var proof) && proof.TryGetProperty("jws", out var jws)
                && jws.GetString()?.Split('.') is [var header, "", var text]
                && Algorithms.Any(algorithm => HeaderOf(algorithm) == header)
                && AnchorJws.Decode(text) is { } signature
                && Verifies(key, ToBeSigned(document, header), signature);
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException or CryptographicException)
        {
            return false;
        }
    }

    static bool Verifies(PublicKey key, byte[] signed, byte[] signature)
    {
        if (AnchorKey.Verifies(key, signed, signature))
        {
            return true;
        }
        using var ecdsa = key.GetECDsaPublicKey();
        return ecdsa is not null
            && ecdsa.VerifyData(signed, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    static byte[] ToBeSigned(JsonElement document, string header) =>
    [
        .. Encoding.ASCII.GetBytes(header), (byte)'.',
        .. SHA256.HashData(Encoding.UTF8.GetBytes(DidQuads.OfProof(document.GetProperty("proof")))),
        .. SHA256.HashData(Encoding.UTF8.GetBytes(DidQuads.OfDocument(document))),
    ];

    static string HeaderOf(string algorithm) => Base64Url.EncodeToString(
        Encoding.ASCII.GetBytes($$"""{"b64":false,"crit":["b64"],"alg":"{{algorithm}}"}"""));
}
