using Issuer.Core;
using Issuer.Core.Approvals;
using Issuer.Core.Holds;
using Issuer.Storage.Holds;
using Issuer.Storage.Records;
using static Issuer.Storage.Predicates;

namespace Issuer.Storage.Approvals;

sealed class HeldSetRows(WriteSession session) : IHeldSetRows
{
    public async Task<Hold?> FindAsync(long hold) =>
        (await session.QueryAsync<HoldColumns>($"select {HoldColumns.All} from hold where id = @hold", new { hold }))
            .SingleOrDefault()?.ToHold();

    public async Task<IReadOnlyList<HeldMember>> MembersAsync(long hold) => await session.QueryAsync<HeldMember>(
        $"""
        select r.id as record_id, r.version from record r
        where r.id in ({HeldSets.MembersOf("@hold")}) and {IsGiven("r")} order by r.id
        """,
        new { hold });

    public Task ReleaseAsync(Hold hold, IReadOnlyCollection<long> records, Act act) =>
        HeldSets.ReleaseAsync(session, hold.Id, records, act);

    public async Task EndAsync(Hold hold, HoldState state, TimeSpan utcOffset, Act act)
    {
        await session.ExecuteAsync(
            "update hold set state = @state, ended_at = @at where id = @Id",
            new { hold.Id, state = (long)state, at = act.At.ToUnixTimeSeconds() });
        await (state == HoldState.Withdrawn
            ? FacilityDays.ForgetAsync(session, hold, utcOffset)
            : FacilityDays.EndAsync(session, hold, utcOffset));
        await AuditRows.AddAsync(session, act, $"hold-ended {Kebab.Of(state.ToString())}", [hold.Id]);
    }

    public async Task<(bool IsFound, string? Province)> ProvinceOfAsync(string facility)
    {
        var found = await session.QueryAsync<string?>(
            "select province from facility where code = @facility", new { facility });
        return (found.Count > 0, found.FirstOrDefault());
    }

    public async Task AnnounceAsync(AnnounceBacklog backlog, long approval, Act act)
    {
        var at = new HashSet<ProductAt> { new(backlog.Facility, backlog.Product) };
        var before = await StockBounds.ReadAsync(session, at, act.At);
        await session.InsertOneAsync("backlog", new
        {
            backlog.Facility, backlog.Product, fromDay = RecordColumns.TextOf(backlog.From),
            toDay = RecordColumns.TextOf(backlog.To), backlog.Expected, taken = 0L, approvalId = approval,
        });
        var after = await StockBounds.ReadAsync(session, at, act.At);
        foreach (var bucket in at.SelectMany(before.BeyondAt).Where(
            bucket => after.BeyondOf(bucket) < before.BeyondOf(bucket)))
        {
            await StockHolds.ReleaseAsync(session, act, bucket, after.BeyondOf(bucket));
        }
    }
}
