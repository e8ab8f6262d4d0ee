using Grpc.AspNetCore.Server.Model;
using Grpc.Core;
using Issuer.Server.Features.Pki;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Issuer.Server.Edge.Grpc;

/// <summary>The services, how they are called and who learns of them.</summary>
static class GrpcServices
{
    public static void AddIssuerGrpc(this IServiceCollection services)
    {
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, AnswerAccess>();
        services.AddGrpc(options =>
        {
            // Each service has its own limit, looked at before a message is read.
            options.MaxReceiveMessageSize = null;
            // Our own fallback answers: the package's would ask for a token first.
            options.IgnoreUnknownServices = true;
            // Nothing is compressed, and nobody is told that it might be.
            options.CompressionProviders.Clear();
            options.Interceptors.Add<GrpcRefusals>();
        });
        services.RemoveAll(typeof(IServiceMethodProvider<>));
        services.AddSingleton(typeof(IServiceMethodProvider<>), typeof(CheckedMethods<>));
        services.AddSingleton<GrpcRefusals>();
        services.AddSingleton<GrpcRecords>();
        services.AddSingleton<GrpcAttestations>();
        services.AddSingleton<GrpcWorklist>();
        services.AddSingleton<GrpcCertificates>();
        services.AddSingleton<GrpcRevocations>();
        services.AddSingleton<GrpcTrustLists>();
        services.AddSingleton<GrpcVerification>();
        services.AddGrpcReflection();
        services.AddGrpcHealthChecks(health =>
        {
            foreach (var service in V1.IssuerReflection.Descriptor.Services)
            {
                health.Services.Map(service.FullName, _ => true);
            }
            health.Services.Map("grpc.health.v1.Health", _ => true);
        }).AddCheck<Readiness>("ready");
    }

    public static void MapIssuerGrpc(this IEndpointRouteBuilder routes)
    {
        routes.MapGrpcService<GrpcRecords>();
        routes.MapGrpcService<GrpcAttestations>();
        routes.MapGrpcService<GrpcWorklist>();
        routes.MapGrpcService<GrpcCertificates>();
        routes.MapGrpcService<GrpcRevocations>();
        routes.MapGrpcService<GrpcTrustLists>();
        routes.MapGrpcService<GrpcVerification>();
        routes.MapGrpcHealthChecksService().AllowAnonymous();
        routes.MapGrpcReflectionService().RequireAuthorization();
        routes.MapFallback("{**path}", http =>
        {
            http.Response.End(StatusCode.Unimplemented, "there is no such method");
            return Task.CompletedTask;
        }).AllowAnonymous();
    }

    /// <summary>As <c>/healthz/ready</c>, for all services alike.</summary>
    sealed class Readiness(ActiveDscs dscs) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(
            HealthCheckContext context, CancellationToken cancellationToken = default) =>
            await dscs.IsReadyAsync(cancellationToken)
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy();
    }
}
