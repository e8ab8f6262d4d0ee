using System.Diagnostics;
using Google.Protobuf;
using Issuer.Core;
using Issuer.Server.Hosting;
using Microsoft.AspNetCore.Connections;

namespace Issuer.Server.Edge.Grpc;

/// <summary>One answer to one message.</summary>
delegate Task<TReply> Unary<TRequest, TReply>(TRequest request, HttpContext http, CancellationToken cancel);

/// <summary>One answer to a stream of messages.</summary>
delegate Task<TReply> ClientStreaming<TRequest, TReply>(
    IAsyncEnumerable<TRequest> requests, HttpContext http, CancellationToken cancel);

/// <summary>
/// Maps methods to <c>/package.Service/Method</c> and runs their calls: frames in and out, the deadline, how it ends.
/// A thin layer of ours (design.md 4.13), for the two kinds of call that are needed.
/// </summary>
static class GrpcCalls
{
    public static IEndpointConventionBuilder MapUnary<TRequest, TReply>(
        this IEndpointRouteBuilder routes, string path, MessageParser<TRequest> parser, Unary<TRequest, TReply> answer)
        where TRequest : class, IMessage<TRequest>
        where TReply : IMessage =>
        routes.MapStreaming(path, parser, async (
            IAsyncEnumerable<TRequest> requests, HttpContext http, CancellationToken cancel) =>
        {
            await using var all = requests.GetAsyncEnumerator(cancel);
            if (!await all.MoveNextAsync())
            {
                throw new RefusedException(new Rejection(RejectionKind.Malformed, "there is no message"));
            }
            return await answer(all.Current, http, cancel);
        });

    public static IEndpointConventionBuilder MapStreaming<TRequest, TReply>(
        this IEndpointRouteBuilder routes, string path, MessageParser<TRequest> parser,
        ClientStreaming<TRequest, TReply> answer)
        where TRequest : class, IMessage<TRequest>
        where TReply : IMessage =>
        routes.MapPost(path, http => RunAsync(http, async cancel =>
        {
            var reply = await answer(MessagesAsync(http, parser, cancel), http, cancel);
            http.Response.ContentType = GrpcEnd.ContentType;
            await GrpcFrames.WriteAsync(http.Response.BodyWriter, reply, cancel);
            http.Response.End(GrpcStatus.Ok);
        }));

    static async IAsyncEnumerable<TRequest> MessagesAsync<TRequest>(
        HttpContext http, MessageParser<TRequest> parser,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
        where TRequest : class, IMessage<TRequest>
    {
        while (await GrpcFrames.ReadAsync(http.Request.BodyReader, parser, cancel) is { } message)
        {
            yield return message;
        }
    }

    static async Task RunAsync(HttpContext http, Func<CancellationToken, Task> call)
    {
        var logger = http.RequestServices.GetRequiredService<ILogger<GrpcHost>>();
        var path = http.Request.Path.Value!;
        var started = Stopwatch.GetTimestamp();
        var status = GrpcStatus.Ok;
        try
        {
            status = await EndedAsync(http, call);
        }
        catch (Exception e) when (!http.RequestAborted.IsCancellationRequested)
        {
            logger.RequestFailed(e, "gRPC", path);
            http.Response.End(status = GrpcStatus.Internal, "the call could not be answered");
        }
        logger.RequestAnswered("gRPC", path, (int)status, (long)Stopwatch.GetElapsedTime(started).TotalMilliseconds);
    }

    static async Task<GrpcStatus> EndedAsync(HttpContext http, Func<CancellationToken, Task> call)
    {
        try
        {
            RequireGrpc(http.Request);
            using var deadline = new CancellationTokenSource(GrpcDeadline.Of(http.Request.Headers["grpc-timeout"]));
            using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, http.RequestAborted);
            try
            {
                await call(either.Token);
                return GrpcStatus.Ok;
            }
            catch (OperationCanceledException) when (deadline.IsCancellationRequested)
            {
                throw new GrpcRefusal(GrpcStatus.DeadlineExceeded, "the deadline has passed");
            }
        }
        catch (RefusedException e)
        {
            http.Response.End(e.Rejection);
            return GrpcEnd.StatusOf(e.Rejection.Kind);
        }
        catch (GrpcRefusal e)
        {
            http.Response.End(e.Status, e.Message);
            return e.Status;
        }
        catch (Exception e) when (http.RequestAborted.IsCancellationRequested
            && e is OperationCanceledException or ConnectionAbortedException or ConnectionResetException or IOException)
        {
            // Nobody is left to be told.
            return GrpcStatus.Cancelled;
        }
    }

    static void RequireGrpc(HttpRequest request)
    {
        if (request.ContentType is not (GrpcEnd.ContentType or GrpcEnd.ContentType + "+proto"))
        {
            throw new GrpcRefusal(GrpcStatus.Unimplemented, "this content type is not taken");
        }
    }
}
