using Issuer.Core;
using Issuer.Core.Records;
using Issuer.Storage.Identity;

namespace Issuer.Storage.Records;

/// <summary>One batch: decides row by row against what is known so far, then writes it all.</summary>
sealed class Submission(Act act, long nextId)
{
    const string InsertColumns =
        $"id, submission_key, version, digest, facility, reference, {RecordColumns.Content}, entered_by, entered_at, "
        + "state, differs, attested, held";

    const string Keep =
        $"""
        insert into record_version (record_id, version, digest, {RecordColumns.Content}, entered_by, entered_at)
        select id, version, digest, {RecordColumns.Content}, entered_by, entered_at from record where id = @p0
        """;

    const string Correct =
        """
        update record set version = @p2, digest = @p1, family_name = @p3, given_name = @p4, sex = @p5,
            date_of_birth = @p6, identity_type = @p7, identity_number = @p8, nationality = @p9, product = @p10,
            lot = @p11, dose_number = @p12, dose_kind = @p13, vaccinated_on = @p14, entered_by = @p15,
            entered_at = @p16, state = 0, differs = 0, suggestion = null, subject_id = null, duplicate_of = null,
            attested = 0
        where id = @p0
        """;

    readonly long at = act.At.ToUnixTimeSeconds();
    readonly SortedDictionary<string, object?[]> inserts = new(StringComparer.Ordinal);
    readonly List<(long Id, VaccinationRecord Record, object?[] Values)> corrections = [];
    readonly LotUse lots = new(act);

    public StoredRow Decide(CheckedRow row, Dictionary<string, KnownRecord> known)
    {
        var record = row.Record!;
        var key = RecordStore.KeyOf(record);
        var digest = record.Digest();
        var before = known.GetValueOrDefault(key);
        var (outcome, fault) = SubmitRecords.Decide(before, digest, row.Corrects);
        if (outcome is SubmitOutcome.Accepted or SubmitOutcome.Corrected)
        {
            var id = before?.Id ?? nextId++;
            var version = (before?.Version ?? 0) + 1;
            known[key] = new KnownRecord(id, version, digest, [.. before?.Digests ?? [], digest]);
            if (before is null)
            {
                lots.Enter(LotOf(record), id);
                inserts.Add(key,
                [
                    id, key, version, digest, record.Facility, record.Reference, .. RecordColumns.ContentOf(record),
                    act.Actor, at, 0L, 0L, 0L, 0L,
                ]);
            }
            else
            {
                corrections.Add(
                    (id, record, [id, digest, version, .. RecordColumns.ContentOf(record), act.Actor, at]));
            }
        }
        var now = known.GetValueOrDefault(key);
        return outcome == SubmitOutcome.Refused
            ? new StoredRow(outcome, null, null, fault)
            : new StoredRow(outcome, now?.Id, now?.Version, null);
    }

    public async Task StoreAsync(WriteSession session)
    {
        // Everybody takes their places in the same order, or two who send one file would wait for each other.
        await session.BulkInsertAsync("record", InsertColumns, [.. inserts.Values]);
        foreach (var (id, record, values) in corrections.OrderBy(c => c.Id))
        {
            await CorrectAsync(session, id, record, values);
        }
        await AuditRows.AddAsync(session, act, "record-submitted", inserts.Values.Select(row => (long)row[0]!));
        await AuditRows.AddAsync(session, act, "record-corrected", corrections.Select(c => c.Id));
        await lots.StoreAsync(session);
    }

    async Task CorrectAsync(WriteSession session, long id, VaccinationRecord record, object?[] values)
    {
        var before = (await session.QueryAsync<CorrectedColumns>(
            "select product, lot, subject_id from record where id = @id", new { id })).Single();
        await SubjectRows.VoidLaterAttestationsAsync(session, [id]);
        await session.ExecuteManyAsync(Keep, [[id]]);
        await session.ExecuteManyAsync(Correct, [values]);
        var lot = LotKey.Of(record.Facility, before.Product, before.Lot);
        if (lot != LotOf(record))
        {
            await session.ExecuteAsync(
                $"update record set held = 0 where id = @id and held = {(long)HoldReason.LotOverrun}", new { id });
            lots.Leave(lot, id);
            lots.Enter(LotOf(record), id);
        }
        if (before.SubjectId is { } subject)
        {
            await SubjectRows.RefreshAsync(session, [subject], new HashSet<long>());
        }
    }

    static LotKey? LotOf(VaccinationRecord record) => LotKey.Of(record.Facility, record.Product, record.Lot);

    sealed record CorrectedColumns(string Product, string Lot, long? SubjectId);
}
