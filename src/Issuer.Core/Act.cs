namespace Issuer.Core;

/// <summary>Who does something, and when: what every audit row says.</summary>
/// <param name="Actor">The token's <c>sub</c>, or the name of a verb or job.</param>
public sealed record Act(string Actor, DateTimeOffset At)
{
    /// <summary>What a correction rests on; null: the clerk's own word.</summary>
    public string? Evidence { get; init; }

    /// <summary>The record that a report of its holder asks to have corrected; null: nobody asks.</summary>
    public long? AskedFor { get; init; }
}
