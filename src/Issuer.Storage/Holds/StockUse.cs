using Issuer.Core;
using Issuer.Core.Holds;

namespace Issuer.Storage.Holds;

/// <summary>A dose, as far as it takes something from a stock.</summary>
sealed record StockDose(string Facility, string Product, string VaccinatedOn, string Lot)
{
    public DosesOf Doses => new(new ProductAt(Facility, Product), VaccinatedOn);
}

/// <summary>
/// What one transaction adds to and takes from the doses entered of each product. A dose beyond what the facility
/// received is held when it comes; when others go, the held ones follow in the order in which they came. Call
/// <see cref="StoreAsync"/> last: it locks rows that every submission of that product needs.
/// </summary>
sealed class StockUse
{
    // In order, so that two transactions never wait for each other.
    readonly SortedDictionary<DosesOf, List<(Act Act, long Record)>> entered = [];
    readonly SortedDictionary<DosesOf, List<(Act Act, long Record)>> left = [];
    readonly HashSet<(string Facility, string Product, string Lot)> lots = [];

    /// <summary>Null: nothing came or went.</summary>
    public Act? Last => entered.Values.Concat(left.Values).SelectMany(doses => doses).LastOrDefault().Act;

    public void Enter(StockDose dose, long record, Act act)
    {
        if (dose.Lot.Length > 0)
        {
            lots.Add((dose.Facility, dose.Product, dose.Lot));
        }
        Add(entered, dose.Doses, record, act);
    }

    public void Leave(StockDose dose, long record, Act act)
    {
        // What came and went in one batch was never there.
        if (!(entered.GetValueOrDefault(dose.Doses)?.RemoveAll(e => e.Record == record) > 0))
        {
            Add(left, dose.Doses, record, act);
        }
    }

    public async Task StoreAsync(WriteSession session)
    {
        await session.InsertAsync(
            "lot_use", lots.OrderBy(lot => lot.Facility, StringComparer.Ordinal)
                .ThenBy(lot => lot.Product, StringComparer.Ordinal).ThenBy(lot => lot.Lot, StringComparer.Ordinal)
                .Select(lot => new { lot.Facility, lot.Product, lot.Lot }),
            "on conflict (facility, product, lot) do nothing");
        if (entered.Count + left.Count == 0)
        {
            return;
        }
        var counts = new SortedDictionary<DosesOf, long>();
        Count(entered, 1);
        Count(left, -1);
        await AddAsync(session, counts);
        var acts = entered.Values.Concat(left.Values).SelectMany(doses => doses).Select(dose => dose.Act).ToList();
        var bounds = acts.Count == 0
            ? new StockBounds()
            : await StockBounds.ReadAsync(session, counts.Keys, acts.Max(act => act.At));
        await SettleAsync(session, bounds);

        void Count(SortedDictionary<DosesOf, List<(Act, long)>> doses, int sign)
        {
            foreach (var (of, records) in doses)
            {
                counts[of] = counts.GetValueOrDefault(of) + sign * records.Count;
                counts[of.OfAllDays] = counts.GetValueOrDefault(of.OfAllDays) + sign * records.Count;
            }
        }
    }

    /// <summary>Locks the counts of these products as an entry would, and changes none.</summary>
    public static Task TouchAsync(WriteSession session, IEnumerable<ProductAt> products) => AddAsync(
        session, products.Select(at => new DosesOf(at, DosesOf.AllDays)).Distinct().Order()
            .Select(doses => KeyValuePair.Create(doses, 0L)));

    async Task SettleAsync(WriteSession session, StockBounds bounds)
    {
        var came = ByBucket(entered, bounds);
        var went = ByBucket(left, bounds);
        foreach (var (bucket, doses) in went)
        {
            // A dose whose day was corrected takes its place along.
            var stays = came.GetValueOrDefault(bucket, []).Select(dose => dose.Record)
                .Intersect(doses.Select(dose => dose.Record)).ToHashSet();
            came.GetValueOrDefault(bucket)?.RemoveAll(dose => stays.Contains(dose.Record));
            doses.RemoveAll(dose => stays.Contains(dose.Record));
        }
        // What is corrected to another product is as if it came there now.
        var moved = went.Values.SelectMany(doses => doses).Select(dose => dose.Record).ToHashSet();
        await StockHolds.ReleaseAsync(
            session, [.. came.Values.SelectMany(doses => doses).Where(dose => moved.Contains(dose.Record))]);
        await StockHolds.HoldAsync(session, [.. came.SelectMany(bucket =>
            bucket.Value.OrderBy(dose => dose.Record)
                .TakeLast((int)Math.Min(bucket.Value.Count, bounds.BeyondOf(bucket.Key))))]);
        // A shared stock lets go of what it holds by itself, when doses go back.
        foreach (var (bucket, doses) in went.Where(bucket => bucket.Value.Count > 0
            && bounds.SourceOf(bucket.Key.At) is (StockSource.Own or StockSource.None)))
        {
            await StockHolds.ReleaseAsync(session, doses[^1].Act, bucket, bounds.BeyondOf(bucket));
        }
    }

    static SortedDictionary<DosesOf, List<(Act Act, long Record)>> ByBucket(
        SortedDictionary<DosesOf, List<(Act Act, long Record)>> doses, StockBounds bounds)
    {
        var found = new SortedDictionary<DosesOf, List<(Act, long)>>();
        foreach (var (of, records) in doses)
        {
            var bucket = bounds.BucketOf(of);
            if (!found.TryAdd(bucket, [.. records]))
            {
                found[bucket].AddRange(records);
            }
        }
        return found;
    }

    static void Add(
        SortedDictionary<DosesOf, List<(Act Act, long Record)>> doses, DosesOf of, long record, Act act)
    {
        if (!doses.TryAdd(of, [(act, record)]))
        {
            doses[of].Add((act, record));
        }
    }

    /// <param name="counts">In the order of their doses.</param>
    static Task<int[]> AddAsync(
        WriteSession session, IEnumerable<KeyValuePair<DosesOf, long>> counts) => session.InsertAsync(
        "product_use", counts.Select(count => new
        {
            facility = count.Key.At.Holder, product = count.Key.At.Product, day = count.Key.Day, entered = count.Value,
        }),
        "on conflict (facility, product, day) do update set entered = product_use.entered + excluded.entered");
}
