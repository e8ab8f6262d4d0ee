using Issuer.Core;

namespace Issuer.Storage;

/// <summary>What is counted by day: one row a name, whatever the day.</summary>
sealed class DailyUse(WriteSession session) : IDailyUse
{
    public async Task<long> CountUseAsync(string name, DateOnly day) =>
        (await session.QueryAsync<long>(
            """
            insert into daily_use (name, day, used) values (@name, @day, 1)
            on conflict (name) do update set
                used = case when daily_use.day = excluded.day then daily_use.used + 1 else 1 end, day = excluded.day
            returning used
            """,
            new { name, day = StoredDays.Of(day) }))[0];
}
