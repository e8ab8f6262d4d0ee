using Issuer.Server.Edge.Access;
using Issuer.Server.Edge.Http;
using Issuer.Server.Edge.Rest;
using Issuer.Server.Features.Records;
using Issuer.Server.Grpc.Health.V1;
using Issuer.Server.Grpc.V1;
using Issuer.Server.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Issuer.Server.Edge.Grpc;

/// <summary>
/// gRPC on addresses of its own: without TLS nothing in HTTP/2 tells it from HTTP/1.1. The same tokens and roles, and
/// the same classes behind them, as over REST.
/// </summary>
sealed class GrpcHost
{
    public static WebApplication Build(Workplace place, string urls)
    {
        var builder = RestHost.Builder(place, urls);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = HttpProtocols.Http2);
            // A stream is as long as it is and may pause; each message has its own limit.
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(30);
        });
        builder.Services.AddSingleton<IAuthorizationMiddlewareResultHandler, AnswerAccess>();
        var app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapServices();
        return app;
    }

    /// <summary>Refused before a method runs: the same statuses as REST, in the words of gRPC.</summary>
    sealed class AnswerAccess : IAuthorizationMiddlewareResultHandler
    {
        public Task HandleAsync(
            RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult result)
        {
            if (result.Succeeded)
            {
                return next(context);
            }
            context.Response.End(result.Challenged
                ? new Core.Rejection(Core.RejectionKind.Unauthenticated, "a valid bearer token is needed")
                : new Core.Rejection(Core.RejectionKind.Forbidden, "this token may not do that"));
            return Task.CompletedTask;
        }
    }
}

static class GrpcServices
{
    public static void MapServices(this WebApplication app)
    {
        var place = app.Services.GetRequiredService<Workplace>();
        var ids = app.Services.GetRequiredService<PathIds>();
        var records = new GrpcRecords(place, app.Services.GetRequiredService<RecentCheckContext>(), ids);
        app.MapUnary("/issuer.v1.Records/Submit", Record.Parser, records.SubmitAsync).For(Roles.FacilityClerk);
        app.MapStreaming("/issuer.v1.Records/SubmitStream", Record.Parser, records.SubmitStreamAsync)
            .For(Roles.FacilityClerk);
        app.MapUnary("/issuer.v1.Certificates/GetCurrent", GetCurrentRequest.Parser,
            new GrpcCertificates(place, ids).GetCurrentAsync).ForHolder();
        app.MapUnary("/issuer.v1.TrustLists/Get", GetTrustListRequest.Parser, new GrpcTrustLists(place).GetAsync)
            .AllowAnonymous();
        app.MapUnary("/grpc.health.v1.Health/Check", HealthCheckRequest.Parser, new GrpcHealth(place).CheckAsync)
            .AllowAnonymous();
        app.MapFallback(http =>
        {
            http.Response.End(GrpcStatus.Unimplemented, "there is no such method");
            return Task.CompletedTask;
        }).AllowAnonymous();
    }
}
