namespace Issuer.Server.Edge.Http;

/// <summary>HEAD and OPTIONS for every path (RFC 9110, sections 9.3.2 and 9.3.7), once for all endpoints.</summary>
static class Methods
{
    /// <summary>
    /// Before routing: the answer of GET. The server itself knows what was asked and sends no content.
    /// </summary>
    public static void UseHeadAsGet(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (HttpMethods.IsHead(context.Request.Method))
        {
            context.Request.Method = HttpMethods.Get;
        }
        return next(context);
    });

    /// <summary>
    /// After routing. A method or a media type that nobody takes is refused by routing itself: no token would change
    /// that.
    /// </summary>
    public static void UseRoutingRefusals(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        if (context.GetEndpoint() is not { } refusal || refusal is RouteEndpoint)
        {
            await next(context);
            return;
        }
        await refusal.RequestDelegate!(context);
        if (context.Response.StatusCode == StatusCodes.Status405MethodNotAllowed)
        {
            context.Response.Headers.Allow = Allowed(context.Response.Headers.Allow.ToString());
            if (HttpMethods.IsOptions(context.Request.Method))
            {
                context.Response.StatusCode = StatusCodes.Status204NoContent;
            }
        }
    });

    static string Allowed(string mapped)
    {
        var methods = mapped.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return string.Join(", ", methods.Contains(HttpMethods.Get)
            ? [.. methods, HttpMethods.Head, HttpMethods.Options]
            : [.. methods, HttpMethods.Options]);
    }
}
