using Dapper;
using Issuer.Core;
using Issuer.Core.Facilities;
using Issuer.Core.Identity;
using Issuer.Core.Records;
using Issuer.Storage.Holds;
using static Issuer.Storage.Predicates;

namespace Issuer.Storage.Records;

/// <summary>What facilities and places received, and passed on.</summary>
public sealed class LotStore(Database database)
{
    /// <summary>
    /// What is there already of a lot takes the newer expiry and quantity; records are held or released accordingly.
    /// </summary>
    /// <param name="lots">No two of the same: <see cref="Lot.Together"/>.</param>
    public Task SaveAsync(IReadOnlyList<Lot> lots, Act act, CancellationToken cancel) => database.WriteAsync(
        async session =>
        {
            var own = lots.Where(lot => !lot.IsPlace).Select(lot => new ProductAt(lot.Holder, lot.Product)).ToHashSet();
            // Whoever enters doses of these products meanwhile must see the new quantities, or be seen here.
            await StockUse.TouchAsync(session, own);
            var all = own.Union(await SharersAsync(session, [.. lots.Where(lot => lot.IsPlace)])).ToHashSet();
            var before = await StockBounds.ReadAsync(session, all, act.At);
            await session.InsertAsync(
                "stock", lots.Select(StockColumns.Of),
                "on conflict (holder, is_place, product, lot, passed_on) do update set "
                    + "expires_on = excluded.expires_on, doses = excluded.doses");
            var after = await StockBounds.ReadAsync(session, all, act.At);
            foreach (var at in after.Products)
            {
                await SettleAsync(session, at, before, after, act);
            }
            await SharedStock.SettleAsync(session, all, act);
        },
        cancel);

    /// <param name="facilities">All there are.</param>
    public async Task<LotBook> BookAsync(IReadOnlyList<Facility> facilities, CancellationToken cancel) => new(
        await database.ReadAsync(
            async connection => (await connection.QueryAsync<StockColumns>(
                $"select {ColumnList.Of<StockColumns>()} from stock s where {IsReceived("s")}"))
                .Select(row => row.ToLot()).ToList(),
            cancel),
        facilities.ToDictionary(facility => facility.Code, SharedRows.PlacesOf));

    static async Task SettleAsync(
        WriteSession session, ProductAt at, StockBounds before, StockBounds after, Act act)
    {
        if (before.SourceOf(at) != after.SourceOf(at))
        {
            await StockHolds.ReleaseAsync(session, act, new DosesOf(at, DosesOf.AllDays), beyond: 0);
            foreach (var bucket in after.BeyondAt(at))
            {
                await StockHolds.HoldYoungestAsync(session, act, bucket, after.BeyondOf(bucket));
            }
            return;
        }
        // What a shared stock holds it lets go of by itself.
        foreach (var bucket in before.BeyondAt(at).Union(after.BeyondAt(at)).Order())
        {
            var (was, now) = (before.BeyondOf(bucket), after.BeyondOf(bucket));
            // Not simply as many as are beyond: some may have been released by hand.
            if (now > was)
            {
                await StockHolds.HoldYoungestAsync(session, act, bucket, now - was);
            }
            else if (now < was)
            {
                await StockHolds.ReleaseAsync(session, act, bucket, now);
            }
        }
    }

    /// <summary>Facilities whose doses may come from these places.</summary>
    static async Task<IEnumerable<ProductAt>> SharersAsync(WriteSession session, IReadOnlyCollection<Lot> lots)
    {
        if (lots.Count == 0)
        {
            return [];
        }
        var places = lots.Select(lot => lot.Holder).Distinct().ToArray();
        var facilities = await session.QueryAsync<Facility>(
            $"""
            select {ColumnList.Of<Facility>()} from facility
            where commune {session.OneOf("places")} or province {session.OneOf("provinces")}
            """,
            new { places, provinces = places.SelectMany(Provinces.CodesOf).Distinct().ToArray() });
        return
            from facility in facilities
            from lot in lots
            where SharedRows.PlacesOf(facility).Contains(lot.Holder)
            select new ProductAt(facility.Code, lot.Product);
    }

    sealed record StockColumns(
        string Holder, long IsPlace, string Product, string Lot, long PassedOn, string ExpiresOn, long Doses)
    {
        public static StockColumns Of(Lot lot) => new(
            lot.Holder, lot.IsPlace ? 1 : 0, lot.Product, lot.Number, lot.IsPassedOn ? 1 : 0,
            RecordColumns.TextOf(lot.ExpiresOn), lot.Doses);

        public Lot ToLot() =>
            new(Product, Lot, Holder, RecordColumns.DayOf(ExpiresOn), Doses, IsPlace == 1);
    }
}
