using Issuer.Core;
using Issuer.Core.Records;
using Issuer.Storage.Identity;
using static Issuer.Storage.Predicates;

namespace Issuer.Storage.Records;

/// <summary>The doses of a lot at one facility.</summary>
sealed record LotKey(string Facility, string Product, string Lot) : IComparable<LotKey>
{
    /// <summary>Null when no lot was named: then there is nothing to count.</summary>
    public static LotKey? Of(string facility, string product, string lot) =>
        lot.Length == 0 ? null : new LotKey(facility, product, lot);

    public int CompareTo(LotKey? other) =>
        (string.CompareOrdinal(Facility, other?.Facility), string.CompareOrdinal(Product, other?.Product)) switch
        {
            (0, 0) => string.CompareOrdinal(Lot, other?.Lot),
            (0, var product) => product,
            var (facility, _) => facility,
        };
}

/// <summary>
/// What one transaction adds to and takes from the doses entered of each lot. A dose beyond what the facility received
/// is held when it comes; when others go, the held ones follow in the order in which they came. Call
/// <see cref="StoreAsync"/> last: it locks rows that every submission of that lot needs.
/// </summary>
sealed class LotUse
{
    const string IsOfLot = "facility = @Facility and product = @Product and lot = @Lot";

    // In order, so that two transactions never wait for each other.
    readonly SortedDictionary<LotKey, List<(Act Act, long Record)>> entered = [];
    readonly SortedDictionary<LotKey, List<Act>> left = [];

    public void Enter(LotKey? lot, long record, Act act)
    {
        if (lot is not null && !entered.TryAdd(lot, [(act, record)]))
        {
            entered[lot].Add((act, record));
        }
    }

    public void Leave(LotKey? lot, long record, Act act)
    {
        // What came and went in one batch was never there.
        if (lot is not null && !(entered.GetValueOrDefault(lot)?.RemoveAll(e => e.Record == record) > 0)
            && !left.TryAdd(lot, [act]))
        {
            left[lot].Add(act);
        }
    }

    public async Task StoreAsync(WriteSession session)
    {
        var lots = new SortedSet<LotKey>([.. entered.Keys, .. left.Keys]);
        if (lots.Count == 0)
        {
            return;
        }
        await AddAsync(session, lots.Select(lot =>
            (lot, (long)(entered.GetValueOrDefault(lot)?.Count ?? 0) - (left.GetValueOrDefault(lot)?.Count ?? 0))));
        var beyond = await BeyondAsync(session, [.. lots.Select(lot => lot.Facility).Distinct()]);
        await HoldAsync(session,
            [.. entered.SelectMany(
                e => e.Value.TakeLast((int)Math.Min(e.Value.Count, beyond.GetValueOrDefault(e.Key))))]);
        foreach (var (lot, acts) in left)
        {
            await ReleaseAsync(session, acts[^1], lot, beyond.GetValueOrDefault(lot));
        }
    }

    /// <summary>Locks the counts of these lots as an entry would, and changes none.</summary>
    public static Task TouchAsync(WriteSession session, IEnumerable<LotKey> lots) =>
        AddAsync(session, lots.Distinct().Order().Select(lot => (lot, 0L)));

    /// <summary>Doses beyond what was received, of every lot that has some and was received at all.</summary>
    public static async Task<Dictionary<LotKey, long>> BeyondAsync(WriteSession session, string[] facilities) =>
        (await session.QueryAsync<BeyondColumns>(
            $"""
            select u.facility, u.product, u.lot, u.entered, l.doses
            from lot_use u join lot l on l.product = u.product and l.lot = u.lot and l.facility = u.facility
            where u.facility {session.OneOf("facilities")} and u.entered > l.doses
            """,
            new { facilities })).ToDictionary(
            row => new LotKey(row.Facility, row.Product, row.Lot), row => row.Entered - row.Doses);

    /// <summary>Holds the youngest of a lot's records that are not held yet.</summary>
    public static async Task HoldYoungestAsync(WriteSession session, Act act, LotKey lot, long count) =>
        await HoldAsync(session, [.. (await session.QueryAsync<long>(
            $"""
            select id from record where {IsOfLot} and {IsFree("record")} and {IsGiven("record")}
            order by id desc limit @count
            """,
            new { lot.Facility, lot.Product, lot.Lot, count })).Select(id => (act, id))]);

    /// <summary>Lets the oldest held records of a lot go until only those beyond are left.</summary>
    public static async Task ReleaseAsync(WriteSession session, Act act, LotKey lot, long beyond)
    {
        var held = await session.QueryAsync<long>(
            $"""
            select id from record
            where {IsOfLot} and {IsHeldFor("record", HoldReason.LotOverrun)} and {IsGiven("record")}
            order by id
            """,
            lot);
        await SetAsync(session, "record-released", HoldReason.LotOverrun, HoldReason.None,
            [.. held.Take((int)Math.Max(0, held.Count - beyond)).Select(id => (act, id))]);
    }

    /// <param name="counts">In the order of their lots.</param>
    static Task<int[]> AddAsync(WriteSession session, IEnumerable<(LotKey Lot, long Entered)> counts) =>
        session.InsertAsync(
            "lot_use", counts.Select(c => new { c.Lot.Facility, c.Lot.Product, c.Lot.Lot, c.Entered }),
            "on conflict (facility, product, lot) do update set entered = lot_use.entered + excluded.entered");

    static Task HoldAsync(WriteSession session, IReadOnlyList<(Act Act, long Record)> records) =>
        SetAsync(session, "record-held", HoldReason.None, HoldReason.LotOverrun, records);

    /// <summary>Only from <paramref name="before"/>: what is held for another reason stays so.</summary>
    static async Task SetAsync(
        WriteSession session, string what, HoldReason before, HoldReason held,
        IReadOnlyList<(Act Act, long Record)> records)
    {
        var touched = await session.ExecuteManyAsync(
            $"update record set held = {held:D} where id = @Record and {IsHeldFor("record", before)}",
            records.Select(r => new { r.Record }));
        var changed = records.Where((_, index) => touched[index] == 1).ToList();
        if (changed.Count == 0)
        {
            return;
        }
        var ids = changed.ConvertAll(r => r.Record).ToArray();
        await SubjectRows.TouchAsync(session, await session.QueryAsync<long>(
            $"select distinct subject_id from record where id {session.OneOf("ids")} and {HasSubject("record")}",
            new { ids }));
        await AuditRows.AddAsync(session, what, changed);
    }

    sealed record BeyondColumns(string Facility, string Product, string Lot, long Entered, long Doses);
}
