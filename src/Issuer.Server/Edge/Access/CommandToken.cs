using System.Security.Claims;
using Issuer.Core;
using Issuer.Core.Approvals;
using Issuer.Server.Hosting;
using Issuer.Server.Hosting.Settings;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Issuer.Server.Edge.Access;

/// <summary>The operator at the command line outside Development: the same tokens as over HTTP.</summary>
sealed class CommandToken(OwnAuthority authority, IOptions<ClaimSettings> claims, TimeProvider clock)
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
        // First: nobody else's provider is even asked.
        await authority.RequireAsync(cancel);
        var said = authority.Said;
        var rules = TokenRules.Production(clock, said);
        try
        {
            rules.IssuerSigningKeys = (await ProviderKeys.ReadAsync(said.Issuer, cancel)).SigningKeys;
        }
        catch (InvalidOperationException)
        {
            throw Refusal(RejectionKind.Unavailable, $"the OIDC issuer {said.Issuer} cannot be reached");
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
        if (!PersonClaim.TryApply(result.ClaimsIdentity, said.PersonClaim))
        {
            throw Refusal(RejectionKind.Unauthenticated, PersonClaim.Missing);
        }
        var person = Caller.PersonOf(new ClaimsPrincipal(result.ClaimsIdentity));
        await authority.EnterAsync(person.Subject, cancel);
        return person;
    }

    static RefusedException Refusal(RejectionKind kind, string why) => new(new Rejection(kind, why));
}
