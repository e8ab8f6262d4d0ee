using System.Buffers.Text;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Serialization;

namespace Issuer.Verification.TrustLists;

/// <summary>
/// A public key as JSON (RFC 7517; members in RFC 7518 section 6). Coordinates have the full length of the field: 32
/// bytes for P-256, leading zeros kept and no sign byte; a modulus has neither.
/// </summary>
sealed record Jwk(
    [property: JsonPropertyName("kty")] string Type,
    [property: JsonPropertyName("kid")] string? Kid,
    [property: JsonPropertyName("x5c")] IReadOnlyList<string>? Chain)
{
    [JsonPropertyName("use"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Use { get; init; }

    [JsonPropertyName("alg"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Algorithm { get; init; }

    [JsonPropertyName("crv"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Curve { get; init; }

    [JsonPropertyName("x"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? X { get; init; }

    [JsonPropertyName("y"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Y { get; init; }

    [JsonPropertyName("n"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? N { get; init; }

    [JsonPropertyName("e"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? E { get; init; }

    /// <summary>The key of our own certificate, P-256 or RSA.</summary>
    /// <param name="kid">Base64 of the 8 bytes, as trust lists have it.</param>
    /// <param name="chain">DER in base64; the first is this certificate.</param>
    public static Jwk Of(X509Certificate2 certificate, string? kid, IReadOnlyList<string>? chain)
    {
        using var ecdsa = certificate.GetECDsaPublicKey();
        if (ecdsa is not null)
        {
            var point = ecdsa.ExportParameters(false).Q;
            return new Jwk("EC", kid, chain)
            {
                Curve = "P-256", X = Base64Url.EncodeToString(point.X), Y = Base64Url.EncodeToString(point.Y),
            };
        }
        using var rsa = certificate.GetRSAPublicKey()!;
        var key = rsa.ExportParameters(false);
        return new Jwk("RSA", kid, chain)
        {
            N = Base64Url.EncodeToString(key.Modulus), E = Base64Url.EncodeToString(key.Exponent),
        };
    }
}
