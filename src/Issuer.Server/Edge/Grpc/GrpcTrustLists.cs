using Google.Protobuf;
using Issuer.Core;
using Issuer.Server.Edge.Http;
using Issuer.Server.Grpc.V1;
using Issuer.Server.Hosting;
using TrustListMessage = Issuer.Server.Grpc.V1.TrustList;

namespace Issuer.Server.Edge.Grpc;

/// <summary><c>issuer.v1.TrustLists</c>: the published file as it is.</summary>
sealed class GrpcTrustLists(Workplace place)
{
    readonly ServedFile list = ServedFile.TrustList(place);

    public Task<TrustListMessage> GetAsync(GetTrustListRequest request, HttpContext http, CancellationToken cancel) =>
        list.Read() is { } content
            ? Task.FromResult(new TrustListMessage { Json = ByteString.CopyFrom(content.Bytes), Etag = content.Etag })
            : throw new RefusedException(new Rejection(RejectionKind.Unavailable, "nothing has been published yet"));
}
