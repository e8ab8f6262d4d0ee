using Issuer.Core;
using Issuer.Core.Records;
using Issuer.Storage.Identity;

namespace Issuer.Storage.Records;

/// <summary>One batch: decides row by row against what is known so far, then writes it all.</summary>
sealed class Submission(long nextId)
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

    readonly SortedDictionary<string, (Act Act, object?[] Values)> inserts = new(StringComparer.Ordinal);
    readonly List<Correction> corrections = [];
    readonly LotUse lots = new();

    public StoredRow Decide(SubmittedBy submitted, Dictionary<string, KnownRecord> known)
    {
        var (row, act) = submitted;
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
            object?[] content = [.. RecordColumns.ContentOf(record), act.Actor, act.At.ToUnixTimeSeconds()];
            if (before is null)
            {
                lots.Enter(LotOf(record), id, act);
                inserts.Add(key, (act,
                    [id, key, version, digest, record.Facility, record.Reference, .. content, 0L, 0L, 0L, 0L]));
            }
            else
            {
                corrections.Add(new Correction(id, version, record, act, [id, digest, version, .. content]));
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
        await session.BulkInsertAsync("record", InsertColumns, [.. inserts.Values.Select(insert => insert.Values)]);
        foreach (var correction in corrections.OrderBy(c => c.Id))
        {
            await CorrectAsync(session, correction);
        }
        await AuditRows.AddAsync(
            session, "record-submitted", inserts.Values.Select(insert => (insert.Act, (long)insert.Values[0]!)));
        await AuditRows.AddAsync(session, "record-corrected", corrections.Select(c => (c.Act, c.Id)));
        foreach (var same in corrections.GroupBy(c => c.Act))
        {
            await CorrectionRows.AddAsync(
                session, same.Key, CorrectionRows.Corrected, same.Select(c => (c.Id, c.Version)));
        }
        await lots.StoreAsync(session);
    }

    async Task CorrectAsync(WriteSession session, Correction correction)
    {
        var (id, record) = (correction.Id, correction.Record);
        var before = (await session.QueryAsync<CorrectedColumns>(
            "select product, lot, subject_id from record where id = @id", new { id })).Single();
        await SubjectRows.VoidLaterAttestationsAsync(session, [id]);
        await session.ExecuteManyAsync(Keep, [[id]]);
        await session.ExecuteManyAsync(Correct, [correction.Values]);
        var lot = LotKey.Of(record.Facility, before.Product, before.Lot);
        if (lot != LotOf(record))
        {
            await session.ExecuteAsync(
                $"update record set held = 0 where id = @id and held = {(long)HoldReason.LotOverrun}", new { id });
            lots.Leave(lot, id, correction.Act);
            lots.Enter(LotOf(record), id, correction.Act);
        }
        if (before.SubjectId is { } subject)
        {
            await SubjectRows.RefreshAsync(session, [subject], new HashSet<long>());
        }
    }

    static LotKey? LotOf(VaccinationRecord record) => LotKey.Of(record.Facility, record.Product, record.Lot);

    sealed record Correction(long Id, long Version, VaccinationRecord Record, Act Act, object?[] Values);

    sealed record CorrectedColumns(string Product, string Lot, long? SubjectId);
}
