using System.Security.Claims;
using Issuer.Core;
using Issuer.Core.Approvals;
using Issuer.Server.Hosting;
using Issuer.Server.Hosting.Settings;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Issuer.Server.Edge.Access;

/// <summary>The operator at the command line outside Development: the same tokens as over HTTP.</summary>
sealed class CommandToken(IOptions<AuthSettings> settings, IOptions<ClaimSettings> claims, TimeProvider clock)
{
    /// <param name="isRecent">Whether its owner must just have shown who they are, as over HTTP.</param>
    public async Task RequireAsync(string? token, string role, bool isRecent, CancellationToken cancel)
    {
        if (!(await PersonAsync(token, isRecent, cancel)).Roles.Contains(role))
        {
            throw Refusal(RejectionKind.Forbidden, $"the token does not carry the role {role}");
        }
    }

    /// <summary>Who it is, whatever their roles; with an authentication of the last minutes.</summary>
    public Task<Person> PersonAsync(string? token, CancellationToken cancel) =>
        PersonAsync(token, isRecent: true, cancel);

    async Task<Person> PersonAsync(string? token, bool isRecent, CancellationToken cancel)
    {
        if (token is null)
        {
            throw Refusal(RejectionKind.Unauthenticated, "outside Development this needs a token with the right "
                + "role: --token-file, ISSUER_TOKEN or --token");
        }
        var authority = settings.Value.Authority
            ?? throw Refusal(
                RejectionKind.Unauthenticated, "Auth__Authority names no OIDC issuer to check the token with");
        var audience = settings.Value.Audience ?? TokenRules.Audience;
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
        if (!result.IsValid)
        {
            throw Refusal(RejectionKind.Unauthenticated, "the token is not valid here");
        }
        MappedClaims.Apply(result.ClaimsIdentity, (JsonWebToken)result.SecurityToken, claims.Value);
        if (isRecent)
        {
            Caller.RequireRecentAuthentication(new ClaimsPrincipal(result.ClaimsIdentity), clock.GetUtcNow());
        }
        return PersonClaim.TryApply(result.ClaimsIdentity, settings.Value.PersonClaim)
            ? Caller.PersonOf(new ClaimsPrincipal(result.ClaimsIdentity))
            : throw Refusal(RejectionKind.Unauthenticated, PersonClaim.Missing);
    }

    static RefusedException Refusal(RejectionKind kind, string why) => new(new Rejection(kind, why));
}
