namespace Issuer.Verification;

/// <summary>How old a list is, by its own word: one that the anchor signed together with its dates.</summary>
/// <param name="List">Which one, for people.</param>
/// <param name="Made">When it was made.</param>
/// <param name="Next">When another was due.</param>
public sealed record ListAge(string List, DateTimeOffset Made, DateTimeOffset Next)
{
    /// <summary>A missed round, or a border without a network for a night, must not close the border.</summary>
    static readonly TimeSpan Grace = TimeSpan.FromDays(1);

    public TimeSpan At(DateTimeOffset moment) => moment - Made;

    /// <summary>Whether it is too old to say anything.</summary>
    /// <param name="at">The moment that is asked about.</param>
    /// <param name="most">The oldest that is still good; null: until a day after the next one was due.</param>
    public bool IsTooOld(DateTimeOffset at, TimeSpan? most) =>
        most is { } longest ? At(at) > longest : at > Next + Grace;
}
