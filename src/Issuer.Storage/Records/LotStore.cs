using Dapper;
using Issuer.Core;
using Issuer.Core.Records;

namespace Issuer.Storage.Records;

/// <summary>What facilities received.</summary>
public sealed class LotStore(Database database)
{
    /// <summary>
    /// A lot that is there already takes the newer expiry and quantity; records are held or released accordingly.
    /// </summary>
    public Task SaveAsync(IReadOnlyList<Lot> lots, Act act, CancellationToken cancel) => database.WriteAsync(
        async session =>
        {
            var facilities = lots.Select(l => l.Facility).Distinct().ToArray();
            // Whoever enters doses of these lots meanwhile must see the new quantities, or be seen here.
            await LotUse.TouchAsync(session, lots.Select(l => new LotKey(l.Facility, l.Product, l.Number)));
            var before = await LotUse.BeyondAsync(session, facilities);
            await session.InsertAsync(
                "lot", lots.Select(LotColumns.Of),
                "on conflict (product, lot, facility) do update set expires_on = excluded.expires_on, "
                    + "doses = excluded.doses");
            var after = await LotUse.BeyondAsync(session, facilities);
            foreach (var lot in before.Keys.Union(after.Keys).Order())
            {
                var (was, now) = (before.GetValueOrDefault(lot), after.GetValueOrDefault(lot));
                // Not simply as many as are beyond: some may have been released by hand.
                if (now > was)
                {
                    await LotUse.HoldYoungestAsync(session, act, lot, now - was);
                }
                else if (now < was)
                {
                    await LotUse.ReleaseAsync(session, act, lot, now);
                }
            }
        },
        cancel);

    public async Task<LotBook> BookAsync(CancellationToken cancel) => new(await database.ReadAsync(
        async connection => (await connection.QueryAsync<LotColumns>(
            $"select {ColumnList.Of<LotColumns>()} from lot")).Select(l => l.ToLot()).ToList(),
        cancel));

    sealed record LotColumns(string Product, string Lot, string Facility, string ExpiresOn, long Doses)
    {
        public static LotColumns Of(Lot l) =>
            new(l.Product, l.Number, l.Facility, RecordColumns.TextOf(l.ExpiresOn), l.Doses);

        public Lot ToLot() => new(Product, Lot, Facility, RecordColumns.DayOf(ExpiresOn), Doses);
    }
}
