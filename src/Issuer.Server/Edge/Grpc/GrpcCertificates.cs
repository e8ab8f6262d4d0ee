using Issuer.Core;
using Issuer.Core.Certificates;
using Issuer.Server.Edge.Access;
using Issuer.Server.Edge.Http;
using Issuer.Server.Grpc.V1;
using Issuer.Server.Hosting;

namespace Issuer.Server.Edge.Grpc;

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
            : throw new RefusedException(
                new Rejection(RejectionKind.NotFound, "this holder has no current certificate"));
    }
}
