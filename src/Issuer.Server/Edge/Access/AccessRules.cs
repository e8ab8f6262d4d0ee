using System.Security.Claims;
using Issuer.Server.Edge.Http;
using Issuer.Server.Features;
using Issuer.Server.Hosting.Settings;
using Issuer.Server.Hosting.Stores;
using Issuer.Storage.Pki;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
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
        var claims = issuer.Get<IOptions<ClaimSettings>>().Value;
        services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer(options =>
        {
            options.MapInboundClaims = false;
            options.TimeProvider = clock;
            options.Events = Remembering(new RememberedTokens(clock), own, claims);
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
    static JwtBearerEvents Remembering(
        RememberedTokens remembered, OwnAuthority? own, ClaimSettings claims) => new()
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
                    return;
                }
                var identity = (ClaimsIdentity)principal.Identity!;
                // First: whose person claim is asked for depends on their roles.
                MappedClaims.Apply(identity, read, claims);
                if (PersonClaim.TryApply(identity, own?.Said.PersonClaim))
                {
                    remembered.Add(read.EncodedToken, read, principal);
                }
                else
                {
                    context.Fail(PersonClaim.Missing);
                }
            },
        };

    public static TBuilder For<TBuilder>(this TBuilder endpoint, params string[] roles)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.RequireAuthorization(policy => policy.RequireRole(roles)).Refuses(401, 403);

    public static TBuilder ForHolder<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.RequireAuthorization(RequireHolder).Refuses(401, 403);

    /// <summary>Whoever likes, without a token, and from a page of anybody's.</summary>
    public static TBuilder ForAnybody<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.AllowAnonymous().RequireCors(PublicCors.Policy);

    /// <summary>
    /// What is published: for anybody, and reading it is never too often. Verifiers behind one address are many, and
    /// nothing is computed for them.
    /// </summary>
    public static TBuilder AsPublished<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder
    {
        endpoint.ForAnybody().Finally(built =>
        {
            if (built.Metadata.OfType<HttpMethodMetadata>().LastOrDefault()?.HttpMethods is [var method]
                && HttpMethods.IsGet(method))
            {
                built.Metadata.Add(new DisableRateLimitingAttribute());
            }
        });
        return endpoint;
    }

    /// <summary>A token alone is not enough: its owner has just shown who they are.</summary>
    public static RouteHandlerBuilder NeedsRecentAuthentication(this RouteHandlerBuilder endpoint) =>
        endpoint.AddEndpointFilter((context, next) =>
        {
            var http = context.HttpContext;
            Caller.RequireRecentAuthentication(
                http.User, http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow());
            return next(context);
        }).WithMetadata(new RecentAuthentication());

    static void RequireHolder(AuthorizationPolicyBuilder policy) => policy
        .RequireRole(Roles.Citizen, Roles.App)
        .RequireAssertion(context => Caller.IsHolderOrNamedApp(context.User));
}

/// <summary>Marks an endpoint that asks for it, for its description.</summary>
sealed record RecentAuthentication;
