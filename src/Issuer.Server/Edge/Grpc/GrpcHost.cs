using Issuer.Server.Edge.Rest;
using Issuer.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Issuer.Server.Edge.Grpc;

/// <summary>
/// gRPC on addresses of its own: without TLS nothing in HTTP/2 tells it from HTTP/1.1. The same tokens and roles, and
/// the same classes behind them, as over REST.
/// </summary>
static class GrpcHost
{
    public static WebApplication Build(IssuerServices issuer, string urls)
    {
        var builder = RestHost.Builder(issuer, urls);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = HttpProtocols.Http2);
            // A stream is as long as it is and may pause; each message has its own limit.
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(30);
        });
        // Every refusal would be a line, and another one is ours.
        builder.Logging.AddFilter("Grpc", LogLevel.Warning);
        builder.Services.AddIssuerGrpc();
        var app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseMiddleware<GrpcCalls>();
        app.MapIssuerGrpc();
        return app;
    }
}
