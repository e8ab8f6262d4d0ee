using System.Globalization;

namespace Issuer.Server.Edge.Grpc;

/// <summary>The header <c>grpc-timeout</c>: up to eight digits and a unit (H, M, S, m, u, n).</summary>
static class GrpcDeadline
{
    public const string Header = "grpc-timeout";

    const int MostDigits = 8;

    static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>Without one, and above an hour, a call may take an hour.</summary>
    /// <returns>False: it cannot be read.</returns>
    public static bool TryRead(string? timeout, out TimeSpan left)
    {
        left = Longest;
        if (string.IsNullOrEmpty(timeout))
        {
            return true;
        }
        if (timeout.Length > MostDigits + 1
            || !long.TryParse(timeout[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || TicksOf(timeout[^1]) is not { } ticks)
        {
            return false;
        }
        left = TimeSpan.FromTicks((long)Math.Min(number * ticks, Longest.Ticks));
        return true;
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
