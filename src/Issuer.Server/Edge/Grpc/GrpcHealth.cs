using Issuer.Core;
using Issuer.Server.Edge.Rest;
using Issuer.Server.Grpc.Health.V1;
using Issuer.Server.Hosting;

namespace Issuer.Server.Edge.Grpc;

/// <summary><c>grpc.health.v1.Health</c>: as <c>/healthz/ready</c>, for all services alike.</summary>
sealed class GrpcHealth(Workplace place)
{
    static readonly string[] Known =
        ["", "issuer.v1.Records", "issuer.v1.Certificates", "issuer.v1.TrustLists", "grpc.health.v1.Health"];

    public async Task<HealthCheckResponse> CheckAsync(
        HealthCheckRequest request, HttpContext http, CancellationToken cancel)
    {
        if (!Known.Contains(request.Service))
        {
            throw new RefusedException(new Rejection(RejectionKind.NotFound, "there is no such service"));
        }
        var isReady = await HealthEndpoints.IsReadyAsync(place, cancel);
        return new HealthCheckResponse
        {
            Status = isReady
                ? HealthCheckResponse.Types.ServingStatus.Serving
                : HealthCheckResponse.Types.ServingStatus.NotServing,
        };
    }
}
