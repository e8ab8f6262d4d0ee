using System.Security.Cryptography;
using Issuer.Core.Approvals;
using Issuer.Storage.Pki;
using Microsoft.IdentityModel.Tokens;

namespace Issuer.Server.Edge.Access;

/// <summary>
/// What makes a bearer token good. Development trusts the throw-away token key; elsewhere an OIDC issuer is named by
/// <c>Auth__Authority</c> and <c>Auth__Audience</c>. Time is the service's clock, so <c>--now</c> holds for tokens too.
/// </summary>
static class TokenRules
{
    public const string DevelopmentIssuer = "issuer-development";
    public const string Audience = "issuer";

    public static TokenValidationParameters Development(TimeProvider clock, KeyFiles keys)
    {
        var rules = Common(clock);
        rules.ValidIssuer = DevelopmentIssuer;
        rules.ValidAudience = Audience;
        rules.IssuerSigningKey = DevelopmentKey(keys);
        return rules;
    }

    public static TokenValidationParameters Production(TimeProvider clock, Authority authority)
    {
        var rules = Common(clock);
        rules.ValidIssuer = authority.Issuer;
        rules.ValidAudience = authority.Audience;
        // Tests and demos may have tokens for a year, the ministry may not.
        rules.LifetimeValidator = (notBefore, expires, _, _) => clock.GetUtcNow().UtcDateTime is var now
            && TokenChecks.IsValidAt(now, notBefore, expires) && TokenChecks.IsShortLived(now, expires);
        return rules;
    }

    /// <summary>The private key, for <c>issuer token</c>.</summary>
    public static ECDsaSecurityKey DevelopmentKey(KeyFiles keys)
    {
        using var key = DevelopmentKeys.Of(keys, DevelopmentKeys.Token);
        var pkcs8 = key.ToPkcs8();
        var ecdsa = ECDsa.Create();
        ecdsa.ImportPkcs8PrivateKey(pkcs8, out _);
        CryptographicOperations.ZeroMemory(pkcs8);
        return new ECDsaSecurityKey(ecdsa) { KeyId = DevelopmentIssuer };
    }

    static TokenValidationParameters Common(TimeProvider clock) => new()
    {
        // No symmetric and no "none": a public key must never be taken for a shared secret.
        ValidAlgorithms =
            [SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSsaPssSha256],
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        NameClaimType = ClaimNames.Subject,
        RoleClaimType = ClaimNames.Roles,
        LifetimeValidator = (notBefore, expires, _, _) =>
            TokenChecks.IsValidAt(clock.GetUtcNow().UtcDateTime, notBefore, expires),
        TypeValidator = TokenChecks.TypeOf,
        IssuerSigningKeyValidatorUsingConfiguration = (key, token, _, published) =>
            TokenChecks.IsForVerifying(key, token, published, clock.GetUtcNow().UtcDateTime),
    };
}
