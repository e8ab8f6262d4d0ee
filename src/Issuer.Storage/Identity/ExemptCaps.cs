using Issuer.Core;
using Issuer.Core.Holds;
using Issuer.Core.Identity;
using Issuer.Core.Policies;
using Issuer.Core.Records;
using Issuer.Storage.Holds;
using Issuer.Storage.Policies;
using static Issuer.Storage.Predicates;

namespace Issuer.Storage.Identity;

/// <summary>What a facility's exempt records are counted by.</summary>
static class ExemptCaps
{
    /// <summary>So many days of a facility's past tell how fast it grows.</summary>
    const int PastDays = 60;

    /// <summary>What two people raised the cap to; null: it is the policy's.</summary>
    public static async Task<long?> RaisedAsync(WriteSession session, string facility)
    {
        var raised = await session.QueryAsync<long>(
            "select cap from exempt_cap where facility = @facility", new { facility });
        return raised.Count == 1 ? raised[0] : null;
    }

    /// <summary>What the share is taken of.</summary>
    public static Task<long> CountGoodAsync(WriteSession session, string facility) => CountAsync(
        session,
        $"""
        ({IsIn("record", RecordState.Matched)} or {IsIn("record", RecordState.Exempt)})
            and {IsAttested("record")} and {IsFree("record")} and {CountsAsDose("record")}
        """,
        facility);

    /// <summary>Counts these records as entered on their days.</summary>
    /// <returns>Those of them that are not held.</returns>
    public static async Task<IReadOnlyList<ExemptRow>> EnterAsync(
        WriteSession session, IReadOnlyCollection<long> records)
    {
        if (records.Count == 0)
        {
            return [];
        }
        var rows = await ReadAsync(session, $"id {session.OneOf("ids")}", new { ids = records.ToArray() });
        await session.InsertAsync(
            "exempt_day",
            rows.GroupBy(row => (row.Row.Day, row.Row.Facility)).OrderBy(same => same.Key.Day)
                .ThenBy(same => same.Key.Facility, StringComparer.Ordinal)
                .Select(same => new { same.Key.Facility, same.Key.Day, entered = (long)same.Count() }),
            "on conflict (day, facility) do update set entered = exempt_day.entered + excluded.entered");
        return [.. rows.Where(row => row.Held == HoldReason.None).Select(row => row.Row)];
    }

    /// <param name="rows">Of the facility.</param>
    public static async Task<ExemptClaims> ReadAsync(
        WriteSession session, string facility, IEnumerable<ExemptRow> rows, DateTimeOffset now)
    {
        var policy = await PolicyRows.InForceAsync(session, PolicyKinds.ExemptCap, now);
        var days = new Dictionary<long, ExemptDay>();
        foreach (var day in rows.Select(row => row.Day).Distinct())
        {
            days.Add(day, await DayAsync(session, facility, day, policy.Ceilings));
        }
        return new ExemptClaims(
            await CountGoodAsync(session, facility),
            await CountAsync(
                session,
                $"{IsIn("record", RecordState.Exempt)} and {IsFree("record")} and {IsGiven("record")}", facility),
            await RaisedAsync(session, facility), policy, days);
    }

    /// <summary>
    /// What a transaction calls in which attested records came: lets the oldest held ones go for which there is room.
    /// </summary>
    public static async Task ReleaseAsync(WriteSession session, IReadOnlyCollection<string> facilities, Act act)
    {
        var held = await ReadAsync(
            session,
            $"""
            facility {session.OneOf("facilities")} and {IsHeldFor("record", HoldReason.ExemptCap)}
                and {IsGiven("record")} and {IsIn("record", RecordState.Exempt)}
            """,
            new { facilities = facilities.Distinct().ToArray() });
        foreach (var here in held.Select(row => row.Row).GroupBy(row => row.Facility))
        {
            var claims = await ReadAsync(session, here.Key, here, act.At);
            await StockHolds.SetAsync(
                session, "record-released", HoldReason.ExemptCap, HoldReason.None,
                [.. claims.RoomFor([.. here]).Select(id => (act, id))]);
        }
    }

    static async Task<ExemptDay> DayAsync(
        WriteSession session, string facility, long day, ExemptCeilings ceilings)
    {
        var entered = await session.QueryAsync<(string Facility, long Entered)>(
            "select facility, entered from exempt_day where day = @day", new { day });
        var beyond = entered.Sum(row => row.Entered) - ceilings.PerCountryAndDay;
        return new ExemptDay(
            entered.SingleOrDefault(row => row.Facility == facility).Entered,
            beyond > 0 && (await StoppedAsync(session, day, beyond, ceilings.Growth)).Contains(facility));
    }

    /// <summary>Read only while the country is over its ceiling.</summary>
    static async Task<IReadOnlySet<string>> StoppedAsync(
        WriteSession session, long day, long beyond, GrowthRule rule) =>
        FastestGrowing.Stop(
            (await session.QueryAsync<(string Facility, long Total, long Recent, long First)>(
                """
                select facility, cast(sum(entered) as bigint),
                    cast(sum(case when day > @day - @days then entered else 0 end) as bigint), min(day)
                from exempt_day where day between @day - @past and @day group by facility
                """,
                new { day, days = (long)rule.Days, past = (long)PastDays + rule.Days })).ConvertAll(
                row => Growth.Of(row.Facility, row.Total, row.Recent, day - rule.Days - row.First + 1, rule)),
            beyond, rule).Select(stopped => stopped.Facility).ToHashSet();

    static async Task<List<(ExemptRow Row, HoldReason Held)>> ReadAsync(
        WriteSession session, string which, object values) =>
        (await session.QueryAsync<(string Facility, long Id, long EnteredAt, long Held)>(
            $"select facility, id, entered_at, held from record where {which} order by id", values)).ConvertAll(
            row => (
                new ExemptRow(
                    row.Facility, row.Id, DrawnDoses.DayOf(DateTimeOffset.FromUnixTimeSeconds(row.EnteredAt))),
                (HoldReason)row.Held));

    static async Task<long> CountAsync(WriteSession session, string where, string facility) =>
        (await session.QueryAsync<long>(
            $"select count(*) from record where facility = @facility and {where}", new { facility })).Single();
}
