using System.Diagnostics;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Issuer.Server.Hosting;
using Microsoft.AspNetCore.Http.Features;

namespace Issuer.Server.Edge.Grpc;

/// <summary>How long one message of a service may be.</summary>
[AttributeUsage(AttributeTargets.Class)]
sealed class LargestMessageAttribute(int bytes) : Attribute
{
    /// <summary>A record is a few hundred bytes.</summary>
    public const int Usual = 64 * 1024;

    public int Bytes => bytes;
}

/// <summary>
/// Around every call: a line in the log, and what Grpc.AspNetCore would pass over or answer otherwise. It ignores a
/// deadline that cannot be read, sets none where none was sent, and answers another content type with an HTTP status.
/// </summary>
sealed class GrpcCalls(RequestDelegate next, ILogger<GrpcCalls> logger)
{
    static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    public async Task InvokeAsync(HttpContext http)
    {
        if (http.GetEndpoint() is not { } endpoint
            || endpoint.Metadata.GetMetadata<GrpcMethodMetadata>() is not { Method: var method })
        {
            await next(http);
            return;
        }
        var started = Stopwatch.GetTimestamp();
        await AnswerAsync(http, endpoint.Metadata, method.Type);
        logger.RequestAnswered(
            "gRPC", method.FullName, GrpcStatus.Of(http.Response) ?? (int)StatusCode.Cancelled,
            (long)Stopwatch.GetElapsedTime(started).TotalMilliseconds);
    }

    Task AnswerAsync(HttpContext http, EndpointMetadataCollection metadata, MethodType type)
    {
        if (http.Request.ContentType is not (GrpcStatus.ContentType or GrpcStatus.ContentType + "+proto"))
        {
            http.Response.End(StatusCode.Unimplemented, "this content type is not taken");
            return Task.CompletedTask;
        }
        if (!GrpcDeadline.TryRead(http.Request.Headers[GrpcDeadline.Header], out var left))
        {
            http.Response.End(StatusCode.InvalidArgument, "grpc-timeout cannot be read");
            return Task.CompletedTask;
        }
        if (left < Shortest)
        {
            http.Response.End(StatusCode.DeadlineExceeded, "the deadline has passed");
            return Task.CompletedTask;
        }
        http.Request.Headers[GrpcDeadline.Header] = FormattableString.Invariant($"{(long)left.TotalMilliseconds}m");
        http.Features.Set<IRequestBodyPipeFeature>(new CheckedFrames(
            http.Request.BodyReader, isAlone: type is MethodType.Unary or MethodType.ServerStreaming,
            metadata.GetMetadata<LargestMessageAttribute>()?.Bytes ?? LargestMessageAttribute.Usual));
        return next(http);
    }
}
