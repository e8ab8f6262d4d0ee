namespace Issuer.Server.Hosting.Stores;

/// <summary>
/// The real clock moved so that it starts at a given moment (<c>--now</c>): next year, looked at today.
/// </summary>
sealed class ShiftedClock(TimeProvider real, DateTimeOffset start) : TimeProvider
{
    readonly TimeSpan shift = start - real.GetUtcNow();

    public override DateTimeOffset GetUtcNow() => real.GetUtcNow() + shift;
}
