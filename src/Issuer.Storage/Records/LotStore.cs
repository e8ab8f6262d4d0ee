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
            await session.ExecuteManyAsync(
                """
                insert into lot (product, lot, facility, expires_on, doses) values (@p0, @p1, @p2, @p3, @p4)
                on conflict (product, lot, facility) do update
                    set expires_on = excluded.expires_on, doses = excluded.doses
                """,
                [.. lots.Select(l => new object?[]
                {
                    l.Product, l.Number, l.Facility, RecordColumns.TextOf(l.ExpiresOn), l.Doses,
                })]);
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
            "select product, lot as number, facility, expires_on, doses from lot")).Select(l => l.ToLot()).ToList(),
        cancel));

    sealed record LotColumns(string Product, string Number, string Facility, string ExpiresOn, long Doses)
    {
        public Lot ToLot() => new(Product, Number, Facility, RecordColumns.DayOf(ExpiresOn), Doses);
    }
}
