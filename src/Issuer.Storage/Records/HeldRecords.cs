using Dapper;
using Issuer.Core;
using Issuer.Core.Records;
using Issuer.Storage.Holds;
using Issuer.Storage.Identity;
using static Issuer.Storage.Predicates;

namespace Issuer.Storage.Records;

/// <summary>Records that nothing may be certified on, for now.</summary>
public sealed class HeldRecords(Database database)
{
    static readonly string Select = $"select {ColumnList.Of<Row>()} from record where {IsHeld("record")}";

    public Task<IReadOnlyList<HeldRecord>> PageAsync(long after, int limit, CancellationToken cancel) =>
        database.ReadAsync<IReadOnlyList<HeldRecord>>(
            async connection => [.. (await connection.QueryAsync<Row>(
                $"{Select} and {IsGiven("record")} and id > @after order by id limit @limit",
                new { after, limit })).Select(row => row.ToRecord())],
            cancel);

    /// <summary>Those of them that are held, by id.</summary>
    internal static async Task<IReadOnlyList<HeldRecord>> FindAsync(WriteSession session, IEnumerable<long> records)
    {
        var ids = records.ToArray();
        return ids.Length == 0
            ? []
            : [.. (await session.QueryAsync<Row>(
                $"{Select} and id {session.OneOf("ids")} order by id", new { ids })).Select(row => row.ToRecord())];
    }

    /// <summary>The persons behind them are decided again.</summary>
    internal static async Task ReleaseAsync(WriteSession session, IReadOnlyCollection<long> records, Act act)
    {
        if (records.Count == 0)
        {
            return;
        }
        var ids = records.ToArray();
        await SharedStock.ForgetAsync(session, await session.QueryAsync<long>(
            $"select id from record where id {session.OneOf("ids")} and {IsHeldFor("record", HoldReason.StockOverrun)}",
            new { ids }));
        await session.ExecuteAsync(
            $"update record set held = {HoldReason.None:D} where id {session.OneOf("ids")}", new { ids });
        await SubjectRows.TouchAsync(session, await session.QueryAsync<long>(
            $"select distinct subject_id from record where {HasSubject("record")} and id {session.OneOf("ids")}",
            new { ids }));
        await AuditRows.AddAsync(session, act, "hold-released", ids);
    }

    sealed record Row(long Id, long Version, string Facility, long Held)
    {
        public HeldRecord ToRecord() => new(Id, Version, Facility, (HoldReason)Held);
    }
}
