using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Issuer.Server.Hosting.Settings;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Issuer.Server.Edge.Http;

/// <summary>
/// How often somebody without a token may ask, by address; and how many connections there are, and how slow a body may
/// be, for everybody. Whoever has a token is known, and has the budgets of the policies.
/// </summary>
static class CallerLimits
{
    const int NetworkBytesOfIpV6 = 8;

    static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    public static void AddCallerLimits(this WebApplicationBuilder builder, LimitSettings limits)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxConcurrentConnections = limits.MostConnections;
            kestrel.Limits.MinRequestBodyDataRate = limits.LeastBodyRate is { } rate
                ? new MinDataRate(rate, Grace)
                : null;
        });
        builder.Services.AddRateLimiter(options =>
        {
            options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(
                context => PartitionOf(context, limits.MostAnonymous));
            options.OnRejected = (context, _) =>
            {
                context.HttpContext.Response.Headers.RetryAfter =
                    (context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : Minute)
                    .TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
                return ValueTask.CompletedTask;
            };
        });
    }

    /// <summary>Behind a proxy everybody has its address, unless it is believed.</summary>
    public static void UseCallersAddress(this WebApplication app)
    {
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in app.Services.GetRequiredService<IOptions<LimitSettings>>().Value.KnownProxies)
        {
            options.KnownIPNetworks.Add(proxy);
        }
        // With an empty list the framework would believe everybody.
        if (options.KnownIPNetworks.Count > 0)
        {
            app.UseForwardedHeaders(options);
        }
    }

    static RateLimitPartition<string> PartitionOf(HttpContext context, int? most) =>
        most is not { } limit || context.User.Identity?.IsAuthenticated == true
            ? RateLimitPartition.GetNoLimiter("")
            : RateLimitPartition.GetFixedWindowLimiter(
                Neighbours(context.Connection.RemoteIpAddress),
                _ => new FixedWindowRateLimiterOptions { PermitLimit = limit, Window = Minute });

    /// <summary>One household or office has a whole network of IPv6 addresses.</summary>
    static string Neighbours(IPAddress? address) => address switch
    {
        null => "",
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } =>
            Convert.ToHexString(address.GetAddressBytes().AsSpan(0, NetworkBytesOfIpV6)),
        _ => address.ToString(),
    };
}
