using Issuer.Core.Identity;

namespace Issuer.Core.Progress;

/// <summary>One time that everything was counted.</summary>
/// <param name="Day">Whose end the counts stand for, as far as it has come.</param>
/// <param name="Closes">It was counted after that day's end, and nothing is counted for it any more.</param>
/// <param name="CountedAt">When it began.</param>
public sealed record CountingPass(DateOnly Day, bool Closes, DateTimeOffset CountedAt, TimeSpan Took);

/// <summary>Counts and the rows they are counted from. One pass at a time is the caller's business.</summary>
public interface IProgressStore
{
    /// <summary>
    /// Counts from the rows, every facility, whatever was counted before. The clock only tells what is late and who has
    /// been active.
    /// </summary>
    /// <param name="utcOffset">Where a day begins.</param>
    Task<IReadOnlyList<FacilityProgress>> RecountAsync(
        DateTimeOffset now, TimeSpan utcOffset, CancellationToken cancel);

    /// <summary>
    /// Keeps what has changed since the youngest counts up to the pass's day, and the pass; durable, all or nothing.
    /// </summary>
    Task SaveAsync(CountingPass pass, IReadOnlyList<FacilityProgress> counted, CancellationToken cancel);

    /// <summary>The youngest pass for a day or the days before it; null: none.</summary>
    Task<CountingPass?> LastPassAsync(DateOnly upTo, CancellationToken cancel);

    /// <summary>The counts as of the end of a day, of the facilities in both scopes.</summary>
    Task<IReadOnlyList<FacilityProgress>> AsOfAsync(
        DateOnly day, WorklistScope own, WorklistScope wanted, CancellationToken cancel);
}
