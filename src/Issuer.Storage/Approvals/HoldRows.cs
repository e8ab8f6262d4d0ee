using Issuer.Core;
using Issuer.Core.Approvals;
using Issuer.Core.Records;
using Issuer.Storage.Identity;
using Issuer.Storage.Records;
using static Issuer.Storage.Predicates;

namespace Issuer.Storage.Approvals;

sealed class HoldRows(WriteSession session) : IHoldRows
{
    public Task<IReadOnlyList<HeldRecord>> FindAsync(IReadOnlyCollection<long> records) =>
        HeldRecords.FindAsync(session, records);

    public Task ReleaseAsync(IReadOnlyCollection<long> records, Act act) =>
        HeldRecords.ReleaseAsync(session, records, act);

    public async Task<bool> IsFacilityAsync(string facility) =>
        (await session.QueryAsync<long>("select count(*) from facility where code = @facility", new { facility }))[0]
            > 0;

    public Task<long?> RaisedCapAsync(string facility) => ExemptCaps.RaisedAsync(session, facility);

    public Task<long> CountGoodAsync(string facility) => ExemptCaps.CountGoodAsync(session, facility);

    public async Task<IReadOnlyList<ExemptRecord>> ExemptAsync(string facility) =>
        [.. (await session.QueryAsync<(long Id, long Held)>(
            $"""
            select id, held from record where facility = @facility and {IsIn("record", RecordState.Exempt)}
                and {IsGiven("record")}
            order by id
            """,
            new { facility })).Select(row => new ExemptRecord(row.Id, (HoldReason)row.Held))];

    public Task RaiseCapAsync(string facility, long cap) => session.ExecuteAsync(
        """
        insert into exempt_cap (facility, cap) values (@facility, @cap)
        on conflict (facility) do update set cap = excluded.cap
        """,
        new { facility, cap });
}
