using Issuer.Core;

namespace Issuer.Storage.Feedback;

/// <summary>
/// How often somebody did something today. A row that everybody at once has to pass, so that a hundred requests in
/// parallel do not all see nothing used.
/// </summary>
static class DailyUse
{
    const int SecondsADay = 24 * 60 * 60;

    /// <summary>Counts one more; refused above the cap.</summary>
    public static async Task<Rejection?> TakeAsync(WriteSession session, string name, long cap, DateTimeOffset now)
    {
        var used = await session.QueryAsync<long>(
            """
            insert into daily_use (name, day, used) values (@name, @day, 1)
            on conflict (name) do update set
                used = case when daily_use.day = excluded.day then daily_use.used + 1 else 1 end, day = excluded.day
            returning used
            """,
            new { name, day = now.ToUnixTimeSeconds() / SecondsADay });
        return used[0] <= cap
            ? null
            : new Rejection(RejectionKind.TooOften, "the limit for today is reached: go on tomorrow");
    }
}
