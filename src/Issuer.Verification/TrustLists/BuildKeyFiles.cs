using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Issuer.Verification.TrustLists;

/// <summary>The list for those who want keys and nothing else; neither form is signed.</summary>
public static class BuildKeyFiles
{
    /// <summary>A JWK Set (RFC 7517 section 5) of the DSCs, each with its certificate and that of its CSCA.</summary>
    public static byte[] Jwks(TrustListContent content) => JsonSerializer.SerializeToUtf8Bytes(
        new JwkSet([.. ListedKey.Of(content).Where(one => !one.IsCsca)
            .Select(one => one.Key with { Use = "sig", Algorithm = one.Algorithm })]),
        PublishedJson.Plain.JwkSet);

    /// <summary>Every CSCA, then every DSC (RFC 7468).</summary>
    public static byte[] Pem(TrustListContent content) => Encoding.ASCII.GetBytes(string.Concat(
        ListedKey.Of(content).OrderBy(one => !one.IsCsca)
            .Select(one => PemOf(Convert.FromBase64String(one.Key.Chain![0])))));

    public static string PemOf(ReadOnlySpan<byte> der) => PemEncoding.WriteString("CERTIFICATE", der) + "\n";
}

sealed record JwkSet([property: JsonPropertyName("keys")] IReadOnlyList<Jwk> Keys);
