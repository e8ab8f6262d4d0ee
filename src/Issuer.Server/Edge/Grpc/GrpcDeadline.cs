using System.Globalization;
using Issuer.Core;
using Issuer.Server.Hosting;

namespace Issuer.Server.Edge.Grpc;

/// <summary>The header <c>grpc-timeout</c>: up to eight digits and a unit (H, M, S, m, u, n).</summary>
static class GrpcDeadline
{
    const int MostDigits = 8;

    static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>Without one, and above an hour, a call may take an hour.</summary>
    public static TimeSpan Of(string? timeout)
    {
        if (string.IsNullOrEmpty(timeout))
        {
            return Longest;
        }
        if (timeout.Length > MostDigits + 1
            || !long.TryParse(timeout[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || TicksOf(timeout[^1]) is not { } ticks)
        {
            throw new RefusedException(new Rejection(RejectionKind.Malformed, "grpc-timeout cannot be read"));
        }
        var asked = TimeSpan.FromTicks((long)Math.Min(number * ticks, Longest.Ticks));
        return asked < Longest ? asked : Longest;
    }

    static double? TicksOf(char unit) => unit switch
    {
        'H' => TimeSpan.TicksPerHour,
        'M' => TimeSpan.TicksPerMinute,
        'S' => TimeSpan.TicksPerSecond,
        'm' => TimeSpan.TicksPerMillisecond,
        'u' => TimeSpan.TicksPerMicrosecond,
        'n' => 0.01,
        _ => null,
    };
}
