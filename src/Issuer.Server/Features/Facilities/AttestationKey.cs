using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Issuer.Server.Features.Facilities;

/// <summary>
/// A P-256 public key as a JWK (RFC 7517) or as SubjectPublicKeyInfo in PEM (RFC 7468). A private key is refused:
/// whoever sends one by mistake shall learn of it.
/// </summary>
static class AttestationKey
{
    const string P256Oid = "1.2.840.10045.3.1.7";
    const int CoordinateLength = 32;

    /// <returns>SubjectPublicKeyInfo, or null when it is no such key.</returns>
    public static byte[]? TryRead(ReadOnlyMemory<byte> text)
    {
        try
        {
            using var key = ECDsa.Create();
            if (text.Span.TrimStart(" \r\n\t"u8) is [(byte)'{', ..])
            {
                key.ImportParameters(ParametersOf(text));
            }
            else
            {
                key.ImportSubjectPublicKeyInfo(DerOf(Encoding.ASCII.GetString(text.Span)), out _);
            }
            return key.ExportParameters(false).Curve.Oid.Value == P256Oid ? key.ExportSubjectPublicKeyInfo() : null;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or FormatException or JsonException
            or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }

    static byte[] DerOf(string pem)
    {
        var found = PemEncoding.Find(pem);
        return pem[found.Label] is "PUBLIC KEY"
            ? Convert.FromBase64String(pem[found.Base64Data])
            : throw new FormatException("not a public key");
    }

    static ECParameters ParametersOf(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 4 });
        var jwk = document.RootElement;
        if (!jwk.GetProperty("kty").ValueEquals("EC") || !jwk.GetProperty("crv").ValueEquals("P-256")
            || jwk.TryGetProperty("d", out _))
        {
            throw new FormatException("not a P-256 public key");
        }
        return new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = CoordinateOf(jwk, "x"), Y = CoordinateOf(jwk, "y") },
        };
    }

    static byte[] CoordinateOf(JsonElement jwk, string name) =>
        Base64Url.DecodeFromChars(jwk.GetProperty(name).GetString()) is { Length: CoordinateLength } coordinate
            ? coordinate
            : throw new FormatException("not a coordinate of P-256");
}
