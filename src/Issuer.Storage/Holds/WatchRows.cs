using Issuer.Core;
using Issuer.Core.Facilities;
using Issuer.Core.Holds;
using Issuer.Core.Policies;
using Issuer.Storage.Policies;
using static Issuer.Storage.Predicates;

namespace Issuer.Storage.Holds;

sealed class WatchRows(WriteSession session) : IWatchRows
{
    public Task<PolicyBook> PoliciesAsync() => PolicyRows.ReadAsync(session);

    public async Task<IReadOnlyList<SignedDose>> SignedAsync(IReadOnlyCollection<long> records)
    {
        var values = new { ids = records.ToArray() };
        var later = (await session.QueryAsync<long>(
            $"{SignedColumns.WithEarlier} and r.id {session.OneOf("ids")}", values)).ToHashSet();
        return [.. (await session.QueryAsync<SignedColumns>(
            $"{SignedColumns.Select} where r.id {session.OneOf("ids")} order by r.id", values))
            .Select(row => row.ToDose(later.Contains(row.Id)))];
    }

    public async Task<IReadOnlyList<WatchedFacility>> FacilitiesAsync(IReadOnlyCollection<string> facilities) =>
        await session.QueryAsync<WatchedFacility>(
            $"""
            select {ColumnList.Of<WatchedFacility>()} from facility where code {session.OneOf("codes")}
            """,
            new { codes = facilities.ToArray() });

    public async Task<IReadOnlyList<AnnouncedBacklog>> BacklogsAsync(IReadOnlyCollection<string> facilities) =>
        [.. (await session.QueryAsync<BacklogColumns>(
            $"""
            select {BacklogColumns.All} from backlog
            where facility {session.OneOf("codes")} and taken < expected order by id
            """,
            new { codes = facilities.ToArray() })).Select(row => row.ToBacklog())];

    public Task TakeAsync(IReadOnlyDictionary<long, long> taken) => session.ExecuteManyAsync(
        "update backlog set taken = taken + @Value where id = @Key",
        taken.Select(pair => new { pair.Key, pair.Value }));

    public Task CountAsync(IReadOnlyList<FacilityDay> days) => FacilityDays.AddAsync(session, days);

    public Task<IReadOnlyList<FacilityDay>> DaysAsync(IReadOnlyCollection<string> facilities, DateOnly from) =>
        FacilityDays.FromAsync(session, facilities, from);

    public async Task<IReadOnlyList<Hold>> OpenAsync(IReadOnlyCollection<string> facilities) =>
        [.. (await session.QueryAsync<HoldColumns>(
            $"""
            select {HoldColumns.All} from hold
            where {IsOpenHold("hold")} and facility {session.OneOf("codes")} order by id
            """,
            new { codes = facilities.ToArray() })).Select(row => row.ToHold())];

    public async Task<long> AddAsync(Hold hold, Act act)
    {
        var id = (await session.QueryAsync<long>(
            """
            insert into hold (facility, province, clerk, causes, from_at, opened_at, due_at, state)
            values (@Facility, @Province, @Clerk, @causes, @from, @opened, @due, @state) returning id
            """,
            new
            {
                hold.Facility, hold.Province, hold.Clerk, causes = HoldCauses.ToText(hold.Causes),
                from = hold.From.ToUnixTimeSeconds(), opened = hold.OpenedAt.ToUnixTimeSeconds(),
                due = hold.DueAt.ToUnixTimeSeconds(), state = (long)hold.State,
            }))[0];
        await AuditRows.AddAsync(session, act, $"hold-opened {HoldCauses.ToText(hold.Causes)}", [id]);
        return id;
    }

    public Task WidenAsync(Hold hold) => session.ExecuteAsync(
        "update hold set causes = @causes, from_at = @from where id = @Id",
        new { hold.Id, causes = HoldCauses.ToText(hold.Causes), from = hold.From.ToUnixTimeSeconds() });

    public Task PutUnderAsync(Hold hold, Act act) => HeldSets.PutUnderAsync(
        session, hold, "r.facility = @facility",
        new { hold.Id, facility = hold.Facility, from = hold.From.ToUnixTimeSeconds() }, act);

    public Task PutUnderAsync(Hold hold, IReadOnlyCollection<long> records, Act act) => HeldSets.PutUnderAsync(
        session, hold, $"r.facility = @facility and r.id {session.OneOf("ids")}",
        new
        {
            hold.Id, facility = hold.Facility, from = hold.From.ToUnixTimeSeconds(), ids = records.ToArray(),
        },
        act);
}
