using Issuer.Core;
using Issuer.Core.Policies;
using static Issuer.Storage.Predicates;

namespace Issuer.Storage.Holds;

/// <summary>A dose that was drawn on a stock.</summary>
/// <param name="DrawnOn">Days since 1970; null: not yet.</param>
sealed record DrawnDose(long Id, string Facility, string Product, long? DrawnOn)
{
    public ProductAt At => new(Facility, Product);
}

/// <summary>
/// Which doses draw on a stock: those that are signed for, each once, on the day of its signature. What is withdrawn,
/// and what nobody signs for any more, goes back.
/// </summary>
static class DrawnDoses
{
    public const long AllDays = -1;

    /// <summary>As many go back at once; the rest with the next signature.</summary>
    const int MostAtOnce = 5000;

    static readonly string Columns = ColumnList.Of<DrawnDose>().ToString();

    public static long DayOf(DateTimeOffset at) => StoredDays.Of(PolicyBook.DayOf(at));

    /// <summary>Of these records those that a signature was put under, and that were not drawn yet.</summary>
    public static async Task<IReadOnlyList<DrawnDose>> DrawAsync(
        WriteSession session, IReadOnlyCollection<long> records, Act act)
    {
        var drawn = await session.QueryAsync<DrawnDose>(
            $"""
            select {Columns} from record
            where id {session.OneOf("records")} and {IsSignedFor("record")} and {IsNotDrawn("record")}
            """,
            new { records = records.Distinct().ToArray() });
        var today = DayOf(act.At);
        await SetAsync(session, drawn, today);
        return drawn.ConvertAll(dose => dose with { DrawnOn = today });
    }

    /// <summary>What no signature stands behind any more.</summary>
    public static async Task<IReadOnlyList<DrawnDose>> ReturnAsync(WriteSession session)
    {
        var unsigned = await session.QueryAsync<DrawnDose>(
            $"select {Columns} from record where {GoesBack("record")} order by id limit {MostAtOnce}");
        await SetAsync(session, unsigned, null);
        return unsigned;
    }

    /// <summary>These draw on nothing any more, whatever they are.</summary>
    public static async Task<IReadOnlyList<DrawnDose>> ReturnAsync(
        WriteSession session, IReadOnlyCollection<long> records)
    {
        var drawn = await session.QueryAsync<DrawnDose>(
            $"select {Columns} from record where id {session.OneOf("records")} and {IsDrawn("record")}",
            new { records = records.ToArray() });
        await SetAsync(session, drawn, null);
        return drawn;
    }

    /// <summary>In the order of the rows, so that two transactions never wait for each other.</summary>
    public static Task CountAsync(
        WriteSession session, IReadOnlyCollection<DrawnDose> drawn, IReadOnlyCollection<DrawnDose> returned)
    {
        var counts = new Dictionary<(ProductAt At, long Day), long>();
        Add(drawn, 1);
        Add(returned, -1);
        return session.InsertAsync(
            "product_drawn",
            counts.OrderBy(count => count.Key.At.Holder, StringComparer.Ordinal)
                .ThenBy(count => count.Key.At.Product, StringComparer.Ordinal).ThenBy(count => count.Key.Day)
                .Select(count => new
                {
                    facility = count.Key.At.Holder, product = count.Key.At.Product, day = count.Key.Day,
                    signed = count.Value,
                }),
            "on conflict (facility, product, day) do update set signed = product_drawn.signed + excluded.signed");

        void Add(IReadOnlyCollection<DrawnDose> doses, int sign)
        {
            foreach (var dose in doses)
            {
                foreach (var day in new[] { AllDays, dose.DrawnOn!.Value })
                {
                    counts[(dose.At, day)] = counts.GetValueOrDefault((dose.At, day)) + sign;
                }
            }
        }
    }

    static Task<int[]> SetAsync(WriteSession session, IReadOnlyCollection<DrawnDose> doses, long? day) =>
        session.ExecuteManyAsync(
            "update record set drawn_on = @day where id = @Id", doses.Select(dose => new { day, dose.Id }));
}
