using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Issuer.Server.Edge.Access;

/// <summary>
/// What the library does not look at by itself (RFC 8725, RFC 9068): that a token is an access token and nothing else
/// of the same provider, that nothing in its header must be understood, and that its key is one to verify with.
/// </summary>
static class TokenChecks
{
    /// <summary>How far the provider's clock may differ from ours.</summary>
    public static readonly TimeSpan Leeway = TimeSpan.FromMinutes(1);

    /// <summary>A token that may be used for longer is as good as a password, and nobody can take it back.</summary>
    public static readonly TimeSpan LongestLifetime = TimeSpan.FromHours(24);

    const int SmallestRsaKey = 2048;
    const int CurveOfEs256 = 256;

    /// <summary>Keycloak and others say JWT of every kind of token.</summary>
    static readonly string[] Types = ["JWT", "at+jwt", "application/at+jwt"];

    /// <summary>What providers call an access token inside of it (Keycloak's typ, Cognito's token_use).</summary>
    static readonly (string Claim, string Wanted)[] Kinds = [("typ", "Bearer"), ("token_use", "access")];

    public static bool IsValidAt(DateTime now, DateTime? notBefore, DateTime? expires) =>
        expires is { } end && now - end < Leeway && (notBefore is not { } begin || begin - now <= Leeway);

    public static bool IsShortLived(DateTime now, DateTime? expires) =>
        expires is { } end && end - now <= LongestLifetime + Leeway;

    /// <exception cref="SecurityTokenInvalidTypeException">It is another kind of token.</exception>
    public static string TypeOf(string? type, SecurityToken token, TokenValidationParameters rules)
    {
        // RFC 7519, section 5.1: it may be missing.
        if (!string.IsNullOrEmpty(type) && !Types.Contains(type, StringComparer.OrdinalIgnoreCase))
        {
            throw new SecurityTokenInvalidTypeException("not the type of an access token");
        }
        if (token is not JsonWebToken read)
        {
            throw new SecurityTokenInvalidTypeException("not a JSON Web Token");
        }
        if (read.TryGetHeaderValue<object>("crit", out _))
        {
            // RFC 7515, section 4.1.11: we understand no extension, so none may be critical.
            throw new SecurityTokenInvalidTypeException("the header has critical extensions");
        }
        foreach (var (claim, wanted) in Kinds)
        {
            if (read.TryGetPayloadValue<object>(claim, out var kind) && kind as string != wanted)
            {
                throw new SecurityTokenInvalidTypeException($"{claim} says that it is no access token");
            }
        }
        return string.IsNullOrEmpty(type) ? Types[0] : type;
    }

    /// <param name="published">As the provider publishes its keys; null: the key is our own.</param>
    public static bool IsForVerifying(SecurityKey key, SecurityToken token, BaseConfiguration? published, DateTime now)
    {
        var jwk = (published as OpenIdConnectConfiguration)?.JsonWebKeySet?.Keys
            .FirstOrDefault(one => one.Kid == key.KeyId);
        var certificate = (key as X509SecurityKey)?.Certificate;
        return jwk?.Use is null or "sig"
            && (jwk is null || jwk.KeyOps.Count == 0 || jwk.KeyOps.Contains("verify"))
            && (string.IsNullOrEmpty(jwk?.Alg) || jwk.Alg == (token as JsonWebToken)?.Alg)
            && (certificate is null
                || IsValidAt(now, certificate.NotBefore.ToUniversalTime(), certificate.NotAfter.ToUniversalTime()))
            && (key is ECDsaSecurityKey ? key.KeySize == CurveOfEs256 : key.KeySize >= SmallestRsaKey);
    }
}
