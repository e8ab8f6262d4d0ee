using Issuer.Core;
using Issuer.Core.Approvals;
using static Issuer.Storage.Predicates;

namespace Issuer.Storage.Approvals;

sealed class KeyRows(WriteSession session) : IKeyRows
{
    public async Task<IReadOnlyList<UsedDsc>> InUseAsync() =>
        await session.QueryAsync<UsedDsc>(
            $"select {ColumnList.Of<UsedDsc>()} from dsc where {IsInUse("dsc")} order by thumbprint");

    public async Task WithdrawAsync(IReadOnlyCollection<UsedDsc> dscs, string kid, Act act, string reason)
    {
        foreach (var dsc in dscs)
        {
            await session.ExecuteAsync($"update dsc set withdrawn = {Yes} where thumbprint = @Thumbprint", dsc);
        }
        await session.ExecuteAsync(
            """
            insert into dsc_withdrawal (kid, withdrawn_at, withdrawn_by, reason, enqueued_to)
            values (@kid, @at, @Actor, @reason, 0)
            on conflict (kid) do nothing
            """,
            new { kid, at = act.At.ToUnixTimeSeconds(), act.Actor, reason });
    }

    public Task<DateTimeOffset?> ShortenedUntilAsync() => Settings.ShortenedUntilAsync(session);

    public Task AllowShortenedAsync(DateTimeOffset until) => Settings.AllowShortenedAsync(session, until);
}
