using System.Data.Common;
using System.Runtime.CompilerServices;
using Dapper;
using Issuer.Core.Identity;
using Issuer.Core.Records;
using Issuer.Storage.Holds;
using static Issuer.Storage.Predicates;

namespace Issuer.Storage;

/// <summary>How one record stands, for <c>records.ndjson</c>: no name, no number.</summary>
public sealed record RecordStanding(
    long Id, string Facility, string Reference, RecordState State, IdentityFields Differs, string? Suggestion,
    bool IsDuplicate);

/// <summary>
/// Counts and listings over the whole store, for summaries. Computed columns are read into tuples: SQLite gives them no
/// type while there is no row, and a constructor would not fit.
/// </summary>
public sealed class StoreCounts(Database database)
{
    /// <summary>Records by state; duplicates are counted apart.</summary>
    public Task<IReadOnlyDictionary<string, long>> RecordsByStateAsync(CancellationToken cancel) =>
        database.ReadAsync<IReadOnlyDictionary<string, long>>(
            async connection => (await connection.QueryAsync<(long State, long Duplicates, long Records)>(
                $"select state, count(duplicate_of), count(*) from record group by state, {RepeatsNone("record")}"))
                .GroupBy(row => row.Duplicates > 0 ? "duplicate" : ((RecordState)row.State).ToWire())
                .ToDictionary(group => group.Key, group => group.Sum(row => row.Records)),
            cancel);

    public Task<long> PeopleAsync(CancellationToken cancel) =>
        CountAsync($"select count(*) from subject where {StandsForItself("subject")}", cancel);

    /// <summary>People as the records claim them: by number, by name and birth date where there is none.</summary>
    public Task<long> ClaimedPeopleAsync(CancellationToken cancel) => CountAsync(
        """
        select count(distinct case when identity_number <> '' then identity_number
            else family_name || ' ' || given_name || ' ' || date_of_birth end)
        from record
        """,
        cancel);

    public Task<long> CertificatesAsync(CancellationToken cancel) =>
        CountAsync($"select count(*) from certificate where {IsCompleted("certificate")}", cancel);

    /// <summary>Exempt rows entered on a day, in the whole country.</summary>
    public Task<long> ExemptEnteredAsync(DateTimeOffset now, CancellationToken cancel) => database.ReadAsync(
        connection => connection.ExecuteScalarAsync<long>(
            "select cast(coalesce(sum(entered), 0) as bigint) from exempt_day where day = @day",
            new { day = DrawnDoses.DayOf(now) }),
        cancel);

    /// <summary>Decided people without a certificate, by their reasons as text.</summary>
    public Task<IReadOnlyDictionary<string, long>> RefusalsAsync(CancellationToken cancel) =>
        database.ReadAsync<IReadOnlyDictionary<string, long>>(
            async connection => (await connection.QueryAsync<(string Refusals, long People)>(
                "select refusals, count(*) from subject where refusals is not null group by refusals"))
                .ToDictionary(row => row.Refusals, row => row.People),
            cancel);

    /// <summary>Every record by id, without holding them all.</summary>
    public async IAsyncEnumerable<RecordStanding> RecordsAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        const int page = 5000;
        long after = 0;
        while (true)
        {
            var rows = await database.ReadAsync(connection => PageAsync(connection, after, page), cancel);
            foreach (var row in rows)
            {
                yield return row.ToStanding();
            }
            if (rows.Count < page)
            {
                yield break;
            }
            after = rows[^1].Id;
        }
    }

    Task<long> CountAsync(string sql, CancellationToken cancel) =>
        database.ReadAsync(connection => connection.ExecuteScalarAsync<long>(sql), cancel);

    static async Task<List<StandingColumns>> PageAsync(DbConnection connection, long after, int limit) =>
        (await connection.QueryAsync<StandingColumns>(
            $"""
            select {ColumnList.Of<StandingColumns>()}
            from record where id > @after order by id limit @limit
            """,
            new { after, limit })).AsList();

    sealed record StandingColumns(
        long Id, string Facility, string Reference, long State, long Differs, string? Suggestion, long? DuplicateOf)
    {
        public RecordStanding ToStanding() => new(
            Id, Facility, Reference, (RecordState)State, (IdentityFields)Differs, Suggestion, DuplicateOf is not null);
    }
}
