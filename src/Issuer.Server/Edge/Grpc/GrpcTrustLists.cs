using Google.Protobuf;
using Grpc.Core;
using Issuer.Server.Edge.Http;
using Issuer.Server.Hosting;
using Issuer.Server.Hosting.Stores;
using Microsoft.AspNetCore.Authorization;

namespace Issuer.Server.Edge.Grpc;

/// <summary><c>issuer.v1.TrustLists</c>: the published file as it is.</summary>
sealed class GrpcTrustLists(DataFolder data) : V1.TrustLists.TrustListsBase
{
    readonly ServedFile list = ServedFile.TrustList(data);

    [AllowAnonymous]
    public override Task<V1.TrustList> Get(V1.GetTrustListRequest request, ServerCallContext context) =>
        list.Read() is { } content
            ? Task.FromResult(new V1.TrustList { Json = ByteString.CopyFrom(content.Bytes), Etag = content.Etag })
            : throw new RefusedException(ServedFile.NothingYet);
}
