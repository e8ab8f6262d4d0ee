namespace Issuer.Server.Hosting;

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

    /// <param name="held">For everybody's eyes: what stays as it was all the same; null: nothing.</param>
    public void Good(DateTimeOffset now, long figure, string? held = null) =>
        state = state with { Good = now, Figure = figure, Why = held };

    /// <param name="why">For everybody's eyes.</param>
    public void Bad(string why, DateTimeOffset now) =>
        state = state with { Bad = now, Why = why, BadRounds = state.BadRounds + 1 };
}
