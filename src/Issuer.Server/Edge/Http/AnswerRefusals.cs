using System.Diagnostics;
using System.Text.Json;
using Issuer.Server.Hosting;
using Issuer.Server.Hosting.Stores;
using Microsoft.AspNetCore.Authorization;

namespace Issuer.Server.Edge.Http;

/// <summary>
/// Around every request: a line in the log (<see cref="LogLevel.Debug"/> for reads that went well), problem details for
/// what is refused, and for what fails a full log entry and an answer that says nothing.
/// </summary>
sealed class AnswerRefusals(RequestDelegate next, ILogger<AnswerRefusals> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            await next(context);
        }
        catch (RefusedException e) when (!context.Response.HasStarted)
        {
            await Problem.Of(e.Rejection).ExecuteAsync(context);
        }
        catch (BadHttpRequestException e) when (!context.Response.HasStarted)
        {
            await Unreadable(context, e).ExecuteAsync(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
        }
        catch (IOException) when (context.RequestAborted.IsCancellationRequested)
        {
            context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
        }
        catch (IOException e) when (!context.Response.HasStarted && e.InnerException is OverflowException)
        {
            // A chunk longer than any body: the server has no status for it.
            await Problem.Of(StatusCodes.Status400BadRequest).ExecuteAsync(context);
        }
        catch (Exception e) when (!context.Response.HasStarted && OutageRefusals.Of(e) is not null)
        {
            logger.StoreAway(e, context.Request.Method, RouteOf(context));
            await Problem.Of(OutageRefusals.Of(e)!).ExecuteAsync(context);
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            logger.RequestFailed(e, context.Request.Method, RouteOf(context));
            await Problem.Of(StatusCodes.Status500InternalServerError).ExecuteAsync(context);
        }
        LogAnswer(context, started);
    }

    /// <summary>What the framework could not bind; its own words name our types and repeat what was sent.</summary>
    static IResult Unreadable(HttpContext context, BadHttpRequestException e)
    {
        if (e.StatusCode != StatusCodes.Status400BadRequest)
        {
            return Problem.Of(e.StatusCode);
        }
        return e.InnerException is JsonException json ? Problem.Of(RequestBody.Refusal(json))
            : Query.Unbound(context) is { Count: > 0 } faults ? Problem.Of(Query.Refusal(faults))
            : Problem.Of(e.StatusCode);
    }

    void LogAnswer(HttpContext context, long started)
    {
        var (method, status) = (context.Request.Method, context.Response.StatusCode);
        var milliseconds = (long)Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        // Reads that went well are the most by far, and a line costs as much as some of the answers. What anybody may
        // ask for is a read, whatever its method.
        if (status < StatusCodes.Status400BadRequest
            && (HttpMethods.IsGet(method) || HttpMethods.IsHead(method)
                || context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null))
        {
            if (logger.IsEnabled(LogLevel.Debug))
            {
                logger.ReadAnswered(method, RouteOf(context), status, milliseconds);
            }
            return;
        }
        if (logger.IsEnabled(LogLevel.Information))
        {
            logger.RequestAnswered(method, RouteOf(context), status, milliseconds);
        }
    }

    static string RouteOf(HttpContext context) =>
        (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText?.TrimEnd('/') ?? "(no route)";
}
