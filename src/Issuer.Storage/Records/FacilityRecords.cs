using Dapper;
using Issuer.Core.Identity;
using Issuer.Core.Records;

namespace Issuer.Storage.Records;

/// <summary>How one record stands, for the facility that entered it: nothing out of the registry.</summary>
public sealed record FacilityRecord(
    long Id, long Version, string Reference, RecordState State, IdentityFields Differs, string? Suggestion,
    bool IsAttested, bool IsDuplicate, HoldReason Held, bool IsWithdrawn);

/// <summary>Records as their own facility reads them; another's are not there.</summary>
public sealed class FacilityRecords(Database database)
{
    static readonly ColumnList Columns = ColumnList.Of<Row>();

    public Task<FacilityRecord?> FindAsync(string facility, long id, CancellationToken cancel) =>
        database.ReadAsync(
            async connection => (await connection.QuerySingleOrDefaultAsync<Row>(
                $"select {Columns} from record where id = @id and facility = @facility", new { id, facility }))
                ?.ToRecord(),
            cancel);

    /// <summary>By id, from the one after <paramref name="after"/> on.</summary>
    public Task<IReadOnlyList<FacilityRecord>> PageAsync(
        string facility, long after, int limit, CancellationToken cancel) =>
        database.ReadAsync<IReadOnlyList<FacilityRecord>>(
            async connection => [.. (await connection.QueryAsync<Row>(
                $"select {Columns} from record where facility = @facility and id > @after order by id limit @limit",
                new { facility, after, limit })).Select(row => row.ToRecord())],
            cancel);

    sealed record Row(
        long Id, long Version, string Reference, long State, long Differs, string? Suggestion, long Attested,
        long? DuplicateOf, long Held, long Withdrawn)
    {
        public FacilityRecord ToRecord() => new(
            Id, Version, Reference, (RecordState)State, (IdentityFields)Differs, Suggestion, Attested == 1,
            DuplicateOf is not null, (HoldReason)Held, Withdrawn == 1);
    }
}
