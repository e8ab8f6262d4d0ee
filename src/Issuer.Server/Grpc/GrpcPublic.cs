using Google.Protobuf;
using Issuer.Core;
using Issuer.Core.Certificates;
using Issuer.Server.Grpc.Health.V1;
using Issuer.Server.Grpc.V1;
using Issuer.Server.Hosting;
using Issuer.Server.Http;
using Issuer.Server.TrustList;

namespace Issuer.Server.Grpc;

/// <summary><c>issuer.v1.Certificates</c>: step 10, a holder's own current certificate.</summary>
sealed class GrpcCertificates(Workplace place, PathIds ids)
{
    public async Task<Certificate> GetCurrentAsync(
        GetCurrentRequest request, HttpContext http, CancellationToken cancel)
    {
        var certificates = await place.Store.Holders.OfDocumentAsync(Caller.DocumentOf(http.User), cancel);
        var now = place.Now;
        return certificates.FirstOrDefault(c => c.StateAt(now) == CertificateState.Current) is { } current
            ? new Certificate
            {
                Id = ids.Certificates.Of(current.Slot.Value), Uvci = current.Uvci, Hc1 = current.ToHc1(),
                IssuedAt = current.IssuedAt.ToUnixTimeSeconds(), ExpiresAt = current.ExpiresAt.ToUnixTimeSeconds(),
            }
            : throw new RefusedException(new Rejection(RejectionKind.NotFound, "this holder has no current certificate"));
    }
}

/// <summary><c>issuer.v1.TrustLists</c>: the published file as it is.</summary>
sealed class GrpcTrustLists(Workplace place)
{
    readonly PublishedFile list = PublishedFile.TrustList(place);

    public Task<V1.TrustList> GetAsync(GetTrustListRequest request, HttpContext http, CancellationToken cancel) =>
        list.Read() is { } content
            ? Task.FromResult(new V1.TrustList { Json = ByteString.CopyFrom(content.Bytes), Etag = content.Etag })
            : throw new RefusedException(new Rejection(RejectionKind.Unavailable, "nothing has been published yet"));
}

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
