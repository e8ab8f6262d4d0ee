using Issuer.Core;
using Issuer.Storage.Holds;
using Issuer.Storage.Identity;
using static Issuer.Storage.Predicates;

namespace Issuer.Storage.Revocation;

/// <summary>Records that are withdrawn and what rests on them, each a statement for many at once.</summary>
static class RecordRows
{
    /// <summary>
    /// Certificates that rely on doses: those that certify one or a later one of the person's. A dose that another
    /// facility entered too still stands; nothing relies on one that nobody signed for.
    /// </summary>
    /// <remarks>
    /// A dose's place in the course is at least its place by date, and at least what the clerk typed.
    /// </remarks>
    /// <param name="which">Which records r, all of them about to be withdrawn.</param>
    /// <param name="stands">More about what a standing record d must not be; it begins with <c>and</c>.</param>
    public static string Relying(string which, string stands = "") =>
        $"""
        select distinct c.slot
        from record r
        join lineage l on l.subject_id = r.subject_id
        join certificate c on c.lineage_id = l.id
        where {which} and {RepeatsNone("r")} and {WasSignedFor("r")}
          and {IsAlive("c")}
          and c.dose_number >= coalesce(r.dose_number, 1)
          and c.dose_number > (select count(*) from record d
            where d.subject_id = r.subject_id and {CountsAsDose("d")} and {WasSignedFor("d")}
              and (d.vaccinated_on, d.id) < (r.vaccinated_on, r.id) {stands})
          and not exists (select 1 from record d
            where d.subject_id = r.subject_id and d.duplicate_of = r.id and {IsGiven("d")} {stands})
        """;

    public static Task<List<long>> RelyingOnAsync(
        WriteSession session, IReadOnlyCollection<long> records, DateTimeOffset now) => session.QueryAsync<long>(
            Relying($"r.id {session.OneOf("records")}", $"and not d.id {session.OneOf("records")}"),
            new { records = records.ToArray(), now = now.ToUnixTimeSeconds() });

    /// <returns>The places that they leave in their stocks, to be stored last.</returns>
    public static async Task<StockUse> VoidAsync(WriteSession session, IReadOnlyCollection<long> records, Act act)
    {
        var use = await LeavingAsync(session, records, act);
        await session.ExecuteAsync(
            $"update record set withdrawn = {Yes}, {Unsigned} where id {session.OneOf("records")}",
            new { records = records.ToArray() });
        return use;
    }

    public static Task VoidLaterStatementsAsync(WriteSession session, IReadOnlyCollection<long> records) =>
        session.ExecuteAsync(
            $"""
            update record set {Unsigned}
            where {IsSignedFor("record")}
              and subject_id in (select s.subject_id from record s where s.id {session.OneOf("records")})
              and exists (select 1 from record w
                where w.subject_id = record.subject_id and {RepeatsNone("w")} and {WasSignedFor("w")} and +w.id {session.OneOf("records")}
                  and (record.vaccinated_on, record.id) > (w.vaccinated_on, w.id))
            """,
            new { records = records.ToArray() });

    /// <summary>What is withdrawn was not given: others may come in its place.</summary>
    static async Task<StockUse> LeavingAsync(WriteSession session, IReadOnlyCollection<long> records, Act act)
    {
        var use = new StockUse();
        foreach (var dose in await session.QueryAsync<LeavingColumns>(
            $"""
            select {ColumnList.Of<LeavingColumns>()} from record
            where {IsGiven("record")} and id {session.OneOf("records")}
            """,
            new { records = records.ToArray() }))
        {
            use.Leave(dose.Dose, dose.Id, act);
        }
        return use;
    }

    sealed record LeavingColumns(long Id, string Facility, string Product, string VaccinatedOn, string Lot)
    {
        public StockDose Dose => new(Facility, Product, VaccinatedOn, Lot);
    }

    public static async Task DecideAgainAsync(WriteSession session, IReadOnlyCollection<long> records)
    {
        var values = new { records = records.ToArray() };
        var subjects = await session.QueryAsync<long>(
            $"select distinct subject_id from record where {HasSubject("record")} and id {session.OneOf("records")}",
            values);
        // What repeated a withdrawn dose stands for itself now.
        var repeated = await session.QueryAsync<long>(
            $"""
            select distinct d.subject_id from record r
            join record d on d.subject_id = r.subject_id and d.duplicate_of = r.id
            where r.id {session.OneOf("records")}
            """,
            values);
        await SubjectRows.RefreshAsync(session, repeated);
        var others = subjects.Except(repeated).ToArray();
        if (others.Length > 0)
        {
            await session.ExecuteAsync(
                $"update subject set revision = revision + 1 where id {session.OneOf("others")}", new { others });
        }
    }
}
