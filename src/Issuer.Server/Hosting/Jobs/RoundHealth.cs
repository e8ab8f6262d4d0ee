using System.Collections.Concurrent;

namespace Issuer.Server.Hosting.Jobs;

/// <summary>How a job's rounds have ended since this process began.</summary>
/// <param name="Good">When the last good one ended; null: none has yet.</param>
/// <param name="Figure">What the last good one arrived at: a sequence number, a count.</param>
/// <param name="Bad">When the last bad one ended; null: none was.</param>
/// <param name="Why">What is wrong now; null: all of the last round was good.</param>
/// <param name="BadRounds">How many there were.</param>
sealed record RoundState(DateTimeOffset? Good, long Figure, DateTimeOffset? Bad, string? Why, long BadRounds);

/// <summary>
/// What health and metrics say about a job. Set by its rounds, read by anybody; holds nothing personal.
/// </summary>
sealed class RoundHealth
{
    volatile RoundState state = new(null, 0, null, null, 0);

    public RoundState State => state;

    void Good(DateTimeOffset now, long figure, string? held = null) =>
        state = state with { Good = now, Figure = figure, Why = held };

    public void End(RoundEnd end, DateTimeOffset now)
    {
        if (end.Bad is { } why)
        {
            Bad(why, now);
        }
        else
        {
            Good(now, end.Figure, end.Held);
        }
    }

    /// <param name="why">For everybody's eyes.</param>
    public void Bad(string why, DateTimeOffset now) =>
        state = state with { Bad = now, Why = why, BadRounds = state.BadRounds + 1 };
}

/// <summary>The health of every job of this process, by the job's name.</summary>
sealed class HealthOfJobs
{
    readonly ConcurrentDictionary<string, RoundHealth> jobs = new();

    public IReadOnlyDictionary<string, RoundHealth> All => jobs;

    public RoundHealth Of(string job) => jobs.GetOrAdd(job, _ => new RoundHealth());
}
