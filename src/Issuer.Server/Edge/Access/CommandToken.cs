using System.Security.Claims;
using Issuer.Core;
using Issuer.Core.Approvals;
using Issuer.Server.Hosting;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Issuer.Server.Edge.Access;

/// <summary>The operator at the command line outside Development: the same tokens as over HTTP.</summary>
static class CommandToken
{
    public static async Task RequireAsync(string? token, string role, TimeProvider clock, CancellationToken cancel)
    {
        if (!(await PersonAsync(token, clock, cancel)).Roles.Contains(role))
        {
            throw Refusal(RejectionKind.Forbidden, $"the token does not carry the role {role}");
        }
    }

    /// <summary>Who it is, whatever their roles.</summary>
    public static async Task<Person> PersonAsync(string? token, TimeProvider clock, CancellationToken cancel)
    {
        if (token is null)
        {
            throw Refusal(RejectionKind.Unauthenticated, "outside Development this needs --token with the right role");
        }
        var authority = Environment.GetEnvironmentVariable("Auth__Authority")
            ?? throw Refusal(
                RejectionKind.Unauthenticated, "Auth__Authority names no OIDC issuer to check --token with");
        var audience = Environment.GetEnvironmentVariable("Auth__Audience") ?? TokenRules.Audience;
        var rules = TokenRules.Production(clock, authority, audience);
        var source = new ConfigurationManager<OpenIdConnectConfiguration>(
            $"{authority.TrimEnd('/')}/.well-known/openid-configuration", new OpenIdConnectConfigurationRetriever());
        try
        {
            rules.IssuerSigningKeys = (await source.GetConfigurationAsync(cancel)).SigningKeys;
        }
        catch (InvalidOperationException)
        {
            throw Refusal(RejectionKind.Unavailable, $"the OIDC issuer {authority} cannot be reached");
        }
        var result = await new JsonWebTokenHandler { MapInboundClaims = false }.ValidateTokenAsync(token, rules);
        return result.IsValid
            ? Caller.PersonOf(new ClaimsPrincipal(result.ClaimsIdentity))
            : throw Refusal(RejectionKind.Unauthenticated, "the token is not valid here");
    }

    static RefusedException Refusal(RejectionKind kind, string why) => new(new Rejection(kind, why));
}
