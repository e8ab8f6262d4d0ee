using Dapper;
using Issuer.Core.Records;

namespace Issuer.Storage.Records;

/// <summary>What facilities received.</summary>
public sealed class LotStore(Database database)
{
    /// <summary>A lot that is there already takes the newer expiry and quantity.</summary>
    public Task SaveAsync(IReadOnlyList<Lot> lots, CancellationToken cancel) => database.WriteAsync(
        session => session.ExecuteManyAsync(
            """
            insert into lot (product, lot, facility, expires_on, doses) values (@p0, @p1, @p2, @p3, @p4)
            on conflict (product, lot, facility) do update set expires_on = excluded.expires_on, doses = excluded.doses
            """,
            [.. lots.Select(l => new object?[]
            {
                l.Product, l.Number, l.Facility, RecordColumns.TextOf(l.ExpiresOn), l.Doses,
            })]),
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
