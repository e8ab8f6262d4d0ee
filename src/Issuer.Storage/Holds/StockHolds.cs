using Issuer.Core;
using Issuer.Core.Records;
using Issuer.Storage.Identity;
using static Issuer.Storage.Predicates;

namespace Issuer.Storage.Holds;

/// <summary>Records that are held since they are more than was received, and let go of.</summary>
static class StockHolds
{
    /// <summary>The youngest of those that are not held yet.</summary>
    public static async Task HoldYoungestAsync(WriteSession session, Act act, DosesOf bucket, long count) =>
        await HoldAsync(session, [.. (await session.QueryAsync<long>(
            $"""
            select id from record where {IsOf(bucket)} and {IsFree("record")} and {IsGiven("record")}
            order by id desc limit @count
            """,
            ParametersOf(bucket, count))).Select(id => (act, id))]);

    /// <summary>Lets the oldest go until only those beyond are left.</summary>
    public static async Task ReleaseAsync(WriteSession session, Act act, DosesOf bucket, long beyond)
    {
        var held = await session.QueryAsync<long>(
            $"""
            select id from record
            where {IsOf(bucket)} and {IsHeldFor("record", HoldReason.StockOverrun)} and {IsGiven("record")}
            order by id
            """,
            ParametersOf(bucket));
        await ReleaseAsync(session, [.. held.Take((int)Math.Max(0, held.Count - beyond)).Select(id => (act, id))]);
    }

    public static Task HoldAsync(WriteSession session, IReadOnlyList<(Act Act, long Record)> records) =>
        SetAsync(session, "record-held", HoldReason.None, HoldReason.StockOverrun, records);

    public static Task ReleaseAsync(WriteSession session, IReadOnlyList<(Act Act, long Record)> records) =>
        SetAsync(session, "record-released", HoldReason.StockOverrun, HoldReason.None, records);

    static string IsOf(DosesOf bucket) =>
        $"facility = @Holder and product = @Product{(bucket.Day == DosesOf.AllDays ? "" : " and vaccinated_on = @Day")}";

    static object ParametersOf(DosesOf bucket, long count = 0) =>
        new { bucket.At.Holder, bucket.At.Product, bucket.Day, count };

    /// <summary>Only from <paramref name="before"/>: what is held for another reason stays so.</summary>
    internal static async Task SetAsync(
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
}
