namespace Issuer.Core.Policies;

/// <summary>
/// What holds now, for everything that decides. Read from the store at the start of every round, so that a change
/// reaches all instances within one round and a round sees one version.
/// </summary>
public sealed class PolicySource(IPolicyStore store)
{
    volatile Reading last = new(new PolicyBook([]));

    /// <summary>As last read.</summary>
    public PolicyBook Book => last.Book;

    public async Task RefreshAsync(CancellationToken cancel) => last = new Reading(await store.ReadAsync(cancel));

    public PoliciesInForce At(DateTimeOffset now) => last.At(now);

    /// <summary>The day's policies are put together once, not with every request.</summary>
    sealed class Reading(PolicyBook book)
    {
        volatile Day? latest;

        public PolicyBook Book => book;

        public PoliciesInForce At(DateTimeOffset now)
        {
            var on = PolicyBook.DayOf(now);
            if (latest is { } known && known.On == on)
            {
                return known.Policies;
            }
            var day = new Day(on, book.At(now));
            latest = day;
            return day.Policies;
        }
    }

    sealed record Day(DateOnly On, PoliciesInForce Policies);
}
