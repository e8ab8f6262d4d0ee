using Issuer.Core;
using Issuer.Core.Holds;
using Issuer.Core.Identity;
using Issuer.Core.Records;
using Issuer.Storage.Revocation;
using static Issuer.Storage.Predicates;

namespace Issuer.Storage.Holds;

/// <summary>One stock that is shared: who draws on it, and who is stopped when it is spent.</summary>
sealed class SharedPool(WriteSession session, SharedPoolKey pool, StockPolicy policy, Act act)
{
    /// <summary>Who has no doses of their own, nor, for a province, any booked at their commune.</summary>
    readonly string draws =
        $"""
        from product_drawn d join facility f on f.code = d.facility
        where d.product = @Product and d.day = {DrawnDoses.AllDays}
          and (f.commune = @Holder or (f.province {session.OneOf("provinces")} and not exists (select 1 from stock c
            where c.holder = f.commune and {IsAtPlace("c")} and c.product = d.product)))
          and not exists (select 1 from stock o
            where o.holder = d.facility and {IsAtFacility("o")} and o.product = d.product)
        """;

    readonly string[] provinces = [.. Provinces.CodesOf(pool.Place.Holder)];

    /// <summary>Holds what is beyond, or lets go of as much as there is room for, the oldest first.</summary>
    public async Task SettleAsync()
    {
        // Everybody who draws on it waits here, or begins anew.
        await session.ExecuteAsync(
            $"""
            update stock set doses = doses
            where holder = @Holder and {IsAtPlace("stock")} and product = @Product
            """,
            Parameters());
        var drawn = await session.QueryAsync<(string Facility, long Signed)>(
            $"select d.facility, d.signed {draws}", Parameters());
        var held = await HeldAsync([.. drawn.Select(row => row.Facility)]);
        // What is held draws on nothing meanwhile.
        var beyond = drawn.Sum(row => row.Signed) - held.Count - StockRule.AllowedOf(pool.Booked, policy);
        if (beyond > 0)
        {
            await StopAsync(beyond);
        }
        else if (beyond < 0 && held.Count > 0)
        {
            await StockHolds.ReleaseAsync(
                session, [.. held.Take((int)Math.Min(held.Count, -beyond)).Select(id => (act, id))]);
        }
    }

    async Task StopAsync(long beyond)
    {
        var since = DrawnDoses.DayOf(act.At) - policy.Growth.Days;
        var growth = (await session.QueryAsync<(string Facility, long Signed, long Recent, long First)>(
            $"""
            select d.facility, d.signed,
                (select cast(coalesce(sum(w.signed), 0) as bigint) from product_drawn w
                    where w.facility = d.facility and w.product = d.product and w.day > @since),
                (select coalesce(min(w.day), @since) from product_drawn w
                    where w.facility = d.facility and w.product = d.product and w.day > {DrawnDoses.AllDays})
            {draws}
            """,
            Parameters(since))).ConvertAll(row => Growth.Of(
                row.Facility, row.Signed, row.Recent, since - row.First + 1, policy.Growth));
        foreach (var stopped in FastestGrowing.Stop(growth, beyond, policy.Growth))
        {
            await StockHolds.HoldAsync(session, [.. (await YoungestAsync(stopped, since)).Select(id => (act, id))]);
        }
    }

    /// <summary>Of those that were signed for lately and that no certificate relies on.</summary>
    Task<List<long>> YoungestAsync(StoppedFacility stopped, long since) => session.QueryAsync<long>(
        $"""
        select k.id from record k
        where k.facility = @Facility and k.product = @Product and k.drawn_on > @since and {IsFree("k")}
          and not exists ({RecordRows.Relying("r.id = k.id")})
        order by k.id desc limit @Beyond
        """,
        new
        {
            stopped.Facility, pool.Place.Product, since, stopped.Beyond, now = act.At.ToUnixTimeSeconds(),
        });

    Task<List<long>> HeldAsync(string[] facilities) => session.QueryAsync<long>(
        $"""
        select id from record
        where facility {session.OneOf("facilities")} and product = @Product and {IsDrawn("record")}
          and {IsHeldFor("record", HoldReason.StockOverrun)}
        order by id
        """,
        new { facilities, pool.Place.Product });

    object Parameters(long since = 0) => new { pool.Place.Holder, pool.Place.Product, provinces, since };
}
