using Dapper;
using Issuer.Core;
using Issuer.Core.Records;
using Issuer.Storage.Identity;
using static Issuer.Storage.Predicates;

namespace Issuer.Storage.Records;

/// <summary>Doses that look like one entered twice but are too far apart to say so without a person.</summary>
public sealed class DuplicateStore(Database database) : ITransactions<IDuplicateTransaction>
{
    /// <summary>By way of the facility's own people, so that an index leads there.</summary>
    const string OfFacility =
        """
        r.subject_id in (select x.subject_id from record x where x.facility = @Facility)
        and (r.facility = @Facility or o.facility = @Facility)
        """;

    const string OfProvince = "f.province = @Province";

    /// <summary>In seconds of the calendar, where it has been filled: most pairs need not be looked at.</summary>
    const long Near = FindDuplicates.DaysOfNearMiss * 86_400L;

    const string IsSameProduct =
        "o.subject_id = r.subject_id and o.product = r.product";

    const string Pair =
        "r.id, r.product, r.dose_number, r.vaccinated_on, r.facility, o.id as original_id, "
        + "o.dose_number as original_number, o.vaccinated_on as original_on, o.facility as original_facility";

    /// <summary>By the later entry's id, from the one after <paramref name="after"/> on.</summary>
    public async Task<IReadOnlyList<NearMiss>> PageAsync(
        RecordScope scope, long after, int limit, CancellationToken cancel)
    {
        var found = new List<NearMiss>();
        var inScope = scope switch
        {
            { Facility: not null } => OfFacility,
            { Province: not null } => OfProvince,
            _ => "1 = 1",
        };
        while (found.Count < limit)
        {
            var rows = await database.ReadAsync(
                async connection => (await connection.QueryAsync<PairColumns>(
                    $"""
                    select {Pair}
                    from record r
                    join record o on {IsSameProduct} and o.id < r.id and {CountsAsDose("o")}
                    left join calendar rc on rc.day = r.vaccinated_on
                    left join calendar oc on oc.day = o.vaccinated_on
                    join facility f on f.code = r.facility
                    where r.id > @after and {HasSubject("r")} and {CountsAsDose("r")} and {inScope}
                      and o.vaccinated_on <> r.vaccinated_on
                      and coalesce(oc.begins - rc.begins, 0) between -@near and @near
                    order by r.id, o.id limit @limit
                    """,
                    new { after, limit, scope.Facility, scope.Province, near = Near })).AsList(),
                cancel);
            found.AddRange(rows.Select(row => row.ToPair()).Where(p => FindDuplicates.IsNearMiss(p.Dose, p.Original)));
            if (rows.Count < limit)
            {
                break;
            }
            after = rows[^1].Id;
        }
        return [.. found.DistinctBy(pair => pair.Dose.RecordId).Take(limit)];
    }

    public Task<T> DecideAsync<T>(Func<IDuplicateTransaction, Task<T>> decide, CancellationToken cancel) =>
        database.WriteAsync(session => decide(new Transaction(session)), cancel);

    /// <summary>The marks that stand: neither record was corrected since, and both are still one person's.</summary>
    internal static async Task<IReadOnlyDictionary<long, long>> MarksAsync(
        WriteSession session, IReadOnlyCollection<long> subjects)
    {
        var rows = await session.QueryAsync<(long Record, long Original)>(
            $"""
            select m.record_id, m.original_id from record r
            join duplicate_mark m on m.record_id = r.id and m.version = r.version
            join record o on o.id = m.original_id and o.version = m.original_version and o.subject_id = r.subject_id
                and {IsGiven("o")}
            where r.subject_id {session.OneOf("subjects")}
            """,
            new { subjects });
        // On PostgreSQL a mark that somebody has just taken back is still seen beside our own new one. That the person
        // was touched then makes this decision begin anew.
        var marks = new Dictionary<long, long>();
        foreach (var (record, original) in rows)
        {
            marks[record] = original;
        }
        return marks;
    }

    sealed class Transaction(WriteSession session) : IDuplicateTransaction
    {
        public async Task<NearMiss?> FindPairAsync(RecordScope scope, long record, long original) =>
            (await session.QueryAsync<PairColumns>(
                $"""
                select {Pair}
                from record r
                join record o on {IsSameProduct}
                join facility f on f.code = r.facility
                where r.id = @record and o.id = @original and o.id <> r.id and {CountsAsDose("o")} and {IsGiven("r")}
                  and (@Facility is null or f.code = @Facility) and (@Province is null or f.province = @Province)
                """,
                new { record, original, scope.Facility, scope.Province })).SingleOrDefault()?.ToPair();

        public Task MarkAsync(long record, long original) => session.ExecuteAsync(
            """
            insert into duplicate_mark (record_id, version, original_id, original_version)
            select r.id, r.version, o.id, o.version from record r join record o on o.id = @original
            where r.id = @record
            on conflict (record_id) do update set version = excluded.version,
                original_id = excluded.original_id, original_version = excluded.original_version
            """,
            new { record, original });

        public async Task<bool> UnmarkAsync(RecordScope scope, long record) => await session.ExecuteAsync(
            """
            delete from duplicate_mark where record_id = @record and exists (
                select 1 from record r join facility f on f.code = r.facility
                where r.id = @record and (@Facility is null or f.code = @Facility)
                  and (@Province is null or f.province = @Province))
            """,
            new { record, scope.Facility, scope.Province }) > 0;

        public async Task TellAnewAsync(long record) => await SubjectRows.RefreshAsync(
            session,
            await session.QueryAsync<long>(
                $"select subject_id from record where id = @record and {HasSubject("record")}", new { record }));

        public Task AuditAsync(Act act, string what, IReadOnlyCollection<long> objects) =>
            AuditRows.AddAsync(session, act, what, objects);

        public Task AuditAsync(Act act, string what) => AuditRows.AddAsync(session, act, [what]);
    }

    sealed record PairColumns(
        long Id, string Product, long? DoseNumber, string VaccinatedOn, string Facility, long OriginalId,
        long? OriginalNumber, string OriginalOn, string OriginalFacility)
    {
        public NearMiss ToPair() => new(
            new EnteredDose(Id, Product, RecordColumns.DayOf(VaccinatedOn), (int?)DoseNumber), Facility,
            new EnteredDose(OriginalId, Product, RecordColumns.DayOf(OriginalOn), (int?)OriginalNumber),
            OriginalFacility);
    }
}
