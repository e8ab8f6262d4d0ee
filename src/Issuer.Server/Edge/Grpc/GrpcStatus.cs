using System.Globalization;
using Google.Protobuf;
using Grpc.Core;
using Issuer.Core;
using Issuer.Server.Hosting;
using Microsoft.AspNetCore.Http.Features;

namespace Issuer.Server.Edge.Grpc;

/// <summary>Refusals in the words of gRPC: a status, a message and the faults in a trailer.</summary>
static class GrpcStatus
{
    public const string ContentType = "application/grpc";

    const string FaultsTrailer = "issuer-faults-bin";

    // Trailers count against the client's limit for headers, 8 KiB with most.
    const int MostFaults = 20;

    /// <summary>The one place where a refusal becomes a status.</summary>
    public static StatusCode Of(RejectionKind kind) => kind switch
    {
        RejectionKind.Malformed or RejectionKind.Invalid => StatusCode.InvalidArgument,
        RejectionKind.Unauthenticated => StatusCode.Unauthenticated,
        RejectionKind.Forbidden => StatusCode.PermissionDenied,
        RejectionKind.NotFound or RejectionKind.Gone => StatusCode.NotFound,
        RejectionKind.Conflict => StatusCode.Aborted,
        RejectionKind.TooLarge => StatusCode.ResourceExhausted,
        RejectionKind.TooOften => StatusCode.ResourceExhausted,
        RejectionKind.Unavailable or RejectionKind.NoRoom => StatusCode.Unavailable,
    };

    public static RpcException ToRpc(this Rejection rejection)
    {
        var trailers = new Metadata();
        if (rejection.Faults.Count > 0)
        {
            trailers.Add(FaultsTrailer, new V1.Faults
            {
                Faults_ = { rejection.Faults.Take(MostFaults).Select(FaultOf) },
            }.ToByteArray());
        }
        return new RpcException(new Status(Of(rejection.Kind), rejection.Detail), trailers);
    }

    public static RpcException Malformed(string why) => new Rejection(RejectionKind.Malformed, why).ToRpc();

    /// <summary>The value; a refusal ends the call.</summary>
    public static T OrRefuse<T>(this Result<T> result)
        where T : class =>
        result.IsRefused(out var why, out var value) ? throw new RefusedException(why) : value;

    /// <summary>Ends a call before its method was reached.</summary>
    /// <param name="message">Plain ASCII: a header, which is not encoded here.</param>
    public static void End(this HttpResponse response, StatusCode status, string message)
    {
        response.ContentType = ContentType;
        response.Headers.GrpcStatus = FormattableString.Invariant($"{(int)status}");
        response.Headers.GrpcMessage = message;
    }

    /// <summary>How a call has ended; null: nobody was there any more to be told.</summary>
    public static int? Of(HttpResponse response)
    {
        var said = response.Headers.GrpcStatus;
        if (said.Count == 0 && response.HttpContext.Features.Get<IHttpResponseTrailersFeature>() is { } trailers)
        {
            said = trailers.Trailers.GrpcStatus;
        }
        return int.TryParse(said, NumberStyles.None, CultureInfo.InvariantCulture, out var status) ? status : null;
    }

    public static V1.Fault FaultOf(Core.Records.Fault fault) => new()
    {
        Field = fault.Field, Code = fault.Code, MessageVi = fault.Vietnamese, MessageEn = fault.English,
    };
}
