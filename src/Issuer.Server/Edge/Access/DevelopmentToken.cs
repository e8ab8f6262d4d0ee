using Issuer.Storage.Pki;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Issuer.Server.Edge.Access;

/// <summary>A bearer token signed with the throw-away key; nothing outside Development takes it.</summary>
static class DevelopmentToken
{
    /// <param name="keys">Of the store whose service is to take it.</param>
    public static string Sign(
        KeyFiles keys, IDictionary<string, object> claims, DateTimeOffset now, TimeSpan lifetime) =>
        new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = TokenRules.DevelopmentIssuer,
            Audience = TokenRules.Audience,
            Claims = claims,
            NotBefore = now.UtcDateTime.AddSeconds(-1),
            IssuedAt = now.UtcDateTime,
            Expires = now.UtcDateTime + lifetime,
            SigningCredentials = new SigningCredentials(
                TokenRules.DevelopmentKey(keys), SecurityAlgorithms.EcdsaSha256),
        });
}
