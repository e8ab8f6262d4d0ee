using Grpc.Core;
using Grpc.Core.Interceptors;
using Issuer.Server.Hosting;
using Issuer.Server.Hosting.Stores;

namespace Issuer.Server.Edge.Grpc;

/// <summary>
/// Around every method: what is refused ends with its status and faults; what fails gets a full log entry and an answer
/// that says nothing.
/// </summary>
sealed class GrpcRefusals(ILogger<GrpcRefusals> logger) : Interceptor
{
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            return await continuation(request, context);
        }
        catch (Exception e) when (e is not RpcException)
        {
            throw EndOf(e, context);
        }
    }

    public override async Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context,
        ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            return await continuation(requestStream, context);
        }
        catch (Exception e) when (e is not RpcException)
        {
            throw EndOf(e, context);
        }
    }

    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            await continuation(request, responseStream, context);
        }
        catch (Exception e) when (e is not RpcException)
        {
            throw EndOf(e, context);
        }
    }

    public override async Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context, DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            await continuation(requestStream, responseStream, context);
        }
        catch (Exception e) when (e is not RpcException)
        {
            throw EndOf(e, context);
        }
    }

    RpcException EndOf(Exception e, ServerCallContext context)
    {
        if (e is RefusedException refused)
        {
            return refused.Rejection.ToRpc();
        }
        if (context.CancellationToken.IsCancellationRequested
            && e is OperationCanceledException or IOException or InvalidOperationException)
        {
            // The caller has gone, or the deadline has passed, which was told by then; the package then says that the
            // call is over.
            return new RpcException(new Status(StatusCode.Cancelled, "the call was cancelled"));
        }
        if (OutageRefusals.Of(e) is { } outage)
        {
            logger.StoreAway(e, "gRPC", context.Method);
            return outage.ToRpc();
        }
        logger.RequestFailed(e, "gRPC", context.Method);
        return new RpcException(new Status(StatusCode.Internal, "the call could not be answered"));
    }
}
