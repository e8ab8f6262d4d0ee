using Issuer.Core;
using Issuer.Core.Identity;
using Issuer.Core.Records;
using Issuer.Storage;
using Issuer.Storage.Records;
using static Issuer.Storage.Predicates;

namespace Issuer.Benchmarks;

/// <summary>
/// Records that were matched and attested long ago, written by the engine itself: tables of a nation's size in a
/// minute.
/// </summary>
sealed class RecordFill(Database database)
{
    const int Batch = 250_000;

    /// <summary>What differs from null, as SQL over id and the parameters.</summary>
    static readonly Dictionary<string, string> Values = new()
    {
        ["family_name"] = "'Nguyễn'", ["given_name"] = "'Thị Hương'", ["sex"] = $"{Sex.Female:D}",
        ["date_of_birth"] = "'1985-03-12'", ["identity_type"] = $"{IdentityType.Cccd:D}",
        ["identity_number"] = "'001185' || substr(cast(1000000 + id % 1000000 as text), 2)", ["nationality"] = "'VNM'",
        ["product"] = "@product", ["lot"] = "'FK' || cast(id % @lots as text)", ["dose_number"] = "1",
        ["vaccinated_on"] = "'2021-09-01'",
    };

    static readonly string Insert =
        $"""
        insert into record (id, submission_key, version, digest, facility, reference, {RecordColumns.Content},
            entered_by, entered_at, state, differs, subject_id, attested, held)
        with recursive n (i) as (select cast(0 as bigint) union all select i + 1 from n where i + 1 < @Batch),
        dose (id, facility, reference) as (
            select @first + i, 'B' || substr(cast(10000 + (@first + i) / 1000 % @facilities as text), 2),
                'fill-' || cast(@first + i as text)
            from n)
        select id, facility || @separator || reference, 1, @digest, facility, reference,
            {string.Join(", ", RecordColumns.Content.Columns.Select(c => Values.GetValueOrDefault(c.Name, "null")))},
            'bench', @at, {RecordState.Matched:D}, {IdentityFields.None:D}, id, {Yes}, {HoldReason.None:D}
        from dose
        """;

    const string Audit =
        """
        insert into audit (at, actor, act, object_id)
        with recursive n (i) as (select cast(0 as bigint) union all select i + 1 from n where i + 1 < @Batch)
        select @at, 'bench', 'record-submitted', @first + i from n
        """;

    /// <summary>
    /// At least <paramref name="count"/> more, of as many facilities and lots, in runs of 1,000 a facility.
    /// </summary>
    public async Task AddAsync(long count, int facilities, int lots, string product, Act act, CancellationToken cancel)
    {
        using var ids = new IdLeases(database);
        for (long added = 0; added < count; added += Batch)
        {
            var first = await ids.TakeAsync("record", Batch, cancel);
            await database.WriteAsync(
                async session =>
                {
                    var at = act.At.ToUnixTimeSeconds();
                    await session.ExecuteAsync(Insert, new
                    {
                        Batch, first, facilities, lots, product, at, separator = "\u001f", digest = new byte[32],
                    });
                    await session.ExecuteAsync(Audit, new { Batch, first, at });
                },
                cancel);
        }
        await database.WriteAsync(
            session => session.ExecuteScriptAsync(
                """
                insert into lot_use (facility, product, lot)
                select distinct facility, product, lot from record where lot <> '' on conflict do nothing;
                insert into product_use (facility, product, day, entered)
                select facility, product, vaccinated_on, count(*) from record
                group by facility, product, vaccinated_on
                on conflict (facility, product, day) do update set entered = excluded.entered;
                insert into product_use (facility, product, day, entered)
                select facility, product, '', count(*) from record group by facility, product
                on conflict (facility, product, day) do update set entered = excluded.entered
                """),
            cancel);
        await database.WriteAsync(session => session.ExecuteAsync("analyze record"), cancel);
    }
}
