using Issuer.Core;

namespace Issuer.Storage;

/// <summary>What is counted by day: one row a name, whatever the day.</summary>
sealed class DailyUse(WriteSession session) : IDailyUse
{
    static readonly int FirstDay = new DateOnly(1970, 1, 1).DayNumber;

    public async Task<long> CountUseAsync(string name, DateOnly day) =>
        (await session.QueryAsync<long>(
            """
            insert into daily_use (name, day, used) values (@name, @day, 1)
            on conflict (name) do update set
                used = case when daily_use.day = excluded.day then daily_use.used + 1 else 1 end, day = excluded.day
            returning used
            """,
            new { name, day = Of(day) }))[0];

    /// <summary>A day as it is stored.</summary>
    public static long Of(DateOnly day) => day.DayNumber - FirstDay;
}
