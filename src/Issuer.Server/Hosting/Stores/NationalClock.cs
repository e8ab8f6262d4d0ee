using Issuer.Core;

namespace Issuer.Server.Hosting.Stores;

/// <summary>The clock as application code asks it.</summary>
sealed class NationalClock(TimeProvider clock, PoliciesNow policies)
{
    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>The day in Vietnam.</summary>
    public DateOnly Today => policies.DayOf(Now);

    /// <summary>Somebody does something now.</summary>
    public Act Act(string actor) => new(actor, Now);
}
