using System.Security.Claims;
using Issuer.Server.Edge.Http;
using Issuer.Server.Features;
using Issuer.Server.Hosting.Stores;
using Issuer.Storage.Pki;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Issuer.Server.Edge.Access;

/// <summary>Bearer tokens for everything that does not say otherwise, and what each endpoint asks of them.</summary>
static class AccessRules
{
    /// <summary>A citizen, or an app that acts for one and says which app it is.</summary>
    public const string Holder = "holder";

    const string Bearer = "Bearer ";

    public static void AddAccess(this IServiceCollection services, IssuerServices issuer)
    {
        var (isDevelopment, clock) = (issuer.Get<StoreEnvironment>().IsDevelopment, issuer.Get<TimeProvider>());
        var own = isDevelopment ? null : issuer.Create<OwnAuthority>();
        var authority = own?.Said;
        services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer(options =>
        {
            options.MapInboundClaims = false;
            options.TimeProvider = clock;
            options.Events = Remembering(new RememberedTokens(clock), own);
            if (authority is null)
            {
                options.TokenValidationParameters = TokenRules.Development(clock, issuer.Get<KeyFiles>());
                return;
            }
            options.Authority = authority.Issuer;
            options.BackchannelHttpHandler = ProviderKeys.Way();
            options.TokenValidationParameters = TokenRules.Production(clock, authority);
        });
        // There are no cookies here, so nothing to protect, and no key file is to be written into a home directory.
        services.Remove(
            services.First(service => service.ImplementationType?.Name == "DataProtectionHostedService"));
        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build())
            .AddPolicy(Holder, RequireHolder);
    }

    /// <param name="own">Null in Development: its tokens are the store's own.</param>
    static JwtBearerEvents Remembering(RememberedTokens remembered, OwnAuthority? own) => new()
    {
        OnMessageReceived = context =>
        {
            if (context.Request.Headers.Authorization is [{ } sent]
                && sent.StartsWith(Bearer, StringComparison.Ordinal)
                && remembered.Find(sent.AsSpan(Bearer.Length)) is { } principal)
            {
                context.Principal = principal;
                context.Success();
            }
            return Task.CompletedTask;
        },
        OnTokenValidated = async context =>
        {
            if (context is not { SecurityToken: JsonWebToken read, Principal: { } principal })
            {
                return;
            }
            if (own is not null && !await own.StandsAsync(context.HttpContext.RequestAborted))
            {
                context.Fail("the store is bound to another identity provider by now");
            }
            else if (!PersonClaim.TryApply((ClaimsIdentity)principal.Identity!, own?.Said.PersonClaim))
            {
                context.Fail(PersonClaim.Missing);
            }
            else
            {
                remembered.Add(read.EncodedToken, read, principal);
            }
        },
    };

    public static TBuilder For<TBuilder>(this TBuilder endpoint, params string[] roles)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.RequireAuthorization(policy => policy.RequireRole(roles)).Refuses(401, 403);

    public static TBuilder ForHolder<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.RequireAuthorization(RequireHolder).Refuses(401, 403);

    static void RequireHolder(AuthorizationPolicyBuilder policy) => policy
        .RequireRole(Roles.Citizen, Roles.App)
        .RequireAssertion(context => Caller.IsHolderOrNamedApp(context.User));
}
