namespace Issuer.Server.Hosting.Jobs;

/// <summary>How a job's rounds follow each other.</summary>
/// <param name="Name">In health and in the log.</param>
/// <param name="Interval">From one round to the next.</param>
sealed record JobPlan(string Name, TimeSpan Interval)
{
    /// <summary>
    /// A lock of <see cref="Stores.JobLocks"/> that one process at a time holds; null: none is needed.
    /// </summary>
    public string? Lock { get; init; }

    /// <summary>Whether a round raises the store's clock first, and refuses one that is behind it.</summary>
    public bool EntersStore { get; init; } = true;

    /// <summary>Whether a last round is made when the service stops, for what only this process knows.</summary>
    public bool EndsWithRound { get; init; }
}

/// <summary>How a round ended.</summary>
/// <param name="Figure">What it arrived at: a sequence number, a count.</param>
/// <param name="Held">For everybody's eyes: what stays as it was all the same; null: nothing.</param>
/// <param name="Bad">For everybody's eyes: why the round was no good; null: it was.</param>
sealed record RoundEnd(long Figure = 0, string? Held = null, string? Bad = null);

/// <summary>
/// What a job does each time: a use case and what is told of it. Made anew for each round. What it throws is logged,
/// and the next round makes up for it.
/// </summary>
interface IJob
{
    Task<RoundEnd> RunAsync(CancellationToken cancel);
}
