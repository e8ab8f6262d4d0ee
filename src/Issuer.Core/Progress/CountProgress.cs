namespace Issuer.Core.Progress;

/// <summary>
/// Keeps the counts, by counting everything anew from time to time instead of adding up at every write: writes pay
/// nothing and wait for nobody's counter, and a place that changes records cannot forget to count. A pass is a few
/// sequential scans, minutes at 200 million records, and it takes no more than one part in twenty of the time; on a
/// small store it runs in every round.
/// </summary>
public sealed class CountProgress(IProgressStore store, TimeProvider clock, TimeSpan utcOffset)
{
    const int PartOfTheTime = 20;

    /// <summary>Counts if it is time to; null when it is not.</summary>
    /// <param name="always">Whether or not it is time.</param>
    public async Task<CountingPass?> RunAsync(bool always, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var today = DateOnly.FromDateTime(now.ToOffset(utcOffset).Date);
        if (Plan(await store.LastPassAsync(today, cancel), now, today, always) is not { } planned)
        {
            return null;
        }
        var begun = clock.GetTimestamp();
        var counted = await RecountAsync(now, cancel);
        var pass = planned with { Took = clock.GetElapsedTime(begun) };
        await store.SaveAsync(pass, counted, cancel);
        return pass;
    }

    /// <summary>Counts and keeps nothing.</summary>
    public Task<IReadOnlyList<FacilityProgress>> RecountAsync(DateTimeOffset now, CancellationToken cancel) =>
        store.RecountAsync(now, utcOffset, cancel);

    /// <summary>
    /// The next pass, or null while it is not time. The first after midnight closes the day before: what it finds is
    /// what that day left.
    /// </summary>
    public static CountingPass? Plan(CountingPass? last, DateTimeOffset now, DateOnly today, bool always)
    {
        if (last is { Closes: false } open && open.Day < today)
        {
            return new CountingPass(today.AddDays(-1), Closes: true, now, TimeSpan.Zero);
        }
        return always || last is null || now - last.CountedAt >= PartOfTheTime * last.Took
            ? new CountingPass(today, Closes: false, now, TimeSpan.Zero)
            : null;
    }
}
