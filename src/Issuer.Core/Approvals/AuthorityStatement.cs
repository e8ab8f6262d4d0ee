using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Issuer.Verification;
using Issuer.Verification.TrustLists;

namespace Issuer.Core.Approvals;

/// <summary>
/// What the trust anchor says when the identity provider is gone and nobody can get a token any more: this binding ends
/// and that one begins. A JWS like every statement of the anchor's besides CMS, with a type of its own.
/// </summary>
/// <param name="Replaces">The digest of the binding that ends; so it works once, on one store.</param>
/// <param name="Reason">For the auditor; no personal data.</param>
public sealed record AuthorityStatement(string Replaces, Authority Authority, string Reason)
{
    const string Type = "authority+jws";

    public string Sign(IAnchorSigner anchor) =>
        AnchorJws.Sign(JsonSerializer.SerializeToUtf8Bytes(this), Type, anchor);

    /// <param name="anchor">SHA-256 of its certificate, which comes along with the statement.</param>
    /// <returns>Null: this anchor did not say it.</returns>
    public static AuthorityStatement? Verified(string jws, string anchor)
    {
        if (AnchorJws.SignerOf(jws) is not { } der || AnchorOf(der) != anchor)
        {
            return null;
        }
        using var certificate = X509CertificateLoader.LoadCertificate(der);
        return AnchorJws.Verified(jws, Type, certificate) is { } payload
            ? JsonSerializer.Deserialize<AuthorityStatement>(payload)
            : null;
    }

    /// <summary>How a store keeps an anchor.</summary>
    public static string AnchorOf(ReadOnlySpan<byte> der) => Convert.ToHexStringLower(SHA256.HashData(der));
}
