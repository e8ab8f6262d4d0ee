using System.Diagnostics;
using Issuer.Server.Hosting;

namespace Issuer.Server.Http;

/// <summary>
/// Around every request: a line in the log, problem details for what is refused, and for what fails a full log entry
/// and an answer that says nothing.
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
            await Problem.Of(e.StatusCode).ExecuteAsync(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            logger.RequestFailed(e, context.Request.Method, RouteOf(context));
            await Problem.Of(StatusCodes.Status500InternalServerError).ExecuteAsync(context);
        }
        logger.RequestAnswered(context.Request.Method, RouteOf(context), context.Response.StatusCode,
            (long)Stopwatch.GetElapsedTime(started).TotalMilliseconds);
    }

    static string RouteOf(HttpContext context) =>
        (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText?.TrimEnd('/') ?? "(no route)";
}
