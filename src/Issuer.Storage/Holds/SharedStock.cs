using Issuer.Core;
using Issuer.Core.Policies;
using Issuer.Storage.Policies;

namespace Issuer.Storage.Holds;

/// <summary>
/// The stock of a commune or province, on which its facilities draw by what they sign for. What is beyond it is held in
/// the transaction that signs for it, so that no round of issuing sees it free; all that draw on one stock pass the rows
/// in which it is booked.
/// </summary>
static class SharedStock
{
    /// <summary>What a transaction that signs for records calls last, with all that its statements name.</summary>
    public static async Task DrawAsync(WriteSession session, IReadOnlyCollection<long> records, Act act)
    {
        var drawn = await DrawnDoses.DrawAsync(session, records, act);
        await SettleAsync(session, drawn, await DrawnDoses.ReturnAsync(session), act);
    }

    /// <summary>What a transaction that withdraws or corrects records calls last.</summary>
    /// <param name="moved">Drawn before they were corrected to something else, and returned already.</param>
    public static async Task ReturnAsync(WriteSession session, IReadOnlyCollection<DrawnDose> moved, Act act) =>
        await SettleAsync(session, [], [.. moved, .. await DrawnDoses.ReturnAsync(session)], act);

    /// <summary>What two people release draws on nothing any more: they know better than the stock.</summary>
    public static async Task ForgetAsync(WriteSession session, IReadOnlyCollection<long> records) =>
        await DrawnDoses.CountAsync(session, [], await DrawnDoses.ReturnAsync(session, records));

    /// <summary>After stock was booked: all on which these facilities draw.</summary>
    public static async Task SettleAsync(WriteSession session, IReadOnlyCollection<ProductAt> products, Act act)
    {
        var policy = await PolicyRows.InForceAsync(session, PolicyKinds.Stock, act.At);
        foreach (var pool in (await PoolsAsync(session, products)).Values.Distinct().Order())
        {
            await new SharedPool(session, pool, policy, act).SettleAsync();
        }
    }

    static async Task SettleAsync(
        WriteSession session, IReadOnlyCollection<DrawnDose> drawn, IReadOnlyCollection<DrawnDose> returned, Act act)
    {
        if (drawn.Count + returned.Count == 0)
        {
            return;
        }
        await DrawnDoses.CountAsync(session, drawn, returned);
        var pools = await PoolsAsync(session, [.. drawn.Concat(returned).Select(dose => dose.At).Distinct()]);
        if (pools.Count == 0)
        {
            return;
        }
        await StockHolds.ReleaseAsync(
            session, [.. returned.Where(dose => pools.ContainsKey(dose.At)).Select(dose => (act, dose.Id))]);
        await SettleAsync(session, [.. pools.Keys], act);
    }

    /// <summary>The place whose stock each draws on; those that draw on none are left out.</summary>
    static async Task<IReadOnlyDictionary<ProductAt, SharedPoolKey>> PoolsAsync(
        WriteSession session, IReadOnlyCollection<ProductAt> products)
    {
        var places = await SharedRows.PlacesAsync(session, [.. products.Select(at => at.Holder).Distinct()]);
        var booked = await SharedRows.BookedAsync(
            session,
            [.. products.SelectMany(at => places[at.Holder].Select(place => new ProductAt(place, at.Product)))]);
        var own = booked.Count == 0 ? [] : await SharedRows.WithOwnAsync(session, products);
        var found = new Dictionary<ProductAt, SharedPoolKey>();
        foreach (var at in products.Where(at => !own.Contains(at)))
        {
            foreach (var place in places[at.Holder].Select(place => new ProductAt(place, at.Product)))
            {
                if (booked.TryGetValue(place, out var doses))
                {
                    found.Add(at, new SharedPoolKey(place, doses));
                    break;
                }
            }
        }
        return found;
    }
}

/// <summary>A product at a place, and what is booked of it there.</summary>
readonly record struct SharedPoolKey(ProductAt Place, long Booked) : IComparable<SharedPoolKey>
{
    public int CompareTo(SharedPoolKey other) =>
        new DosesOf(Place, DosesOf.AllDays).CompareTo(new DosesOf(other.Place, DosesOf.AllDays));
}
