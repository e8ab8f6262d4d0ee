namespace Issuer.Benchmarks;

/// <summary>A clock that stands until it is set: simulated years pass as fast as the work in them.</summary>
sealed class SteppedClock(DateTimeOffset start) : TimeProvider
{
    DateTimeOffset now = start;

    public void Set(DateTimeOffset to) => now = to;

    public override DateTimeOffset GetUtcNow() => now;
}
