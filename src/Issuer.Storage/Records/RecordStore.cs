using Issuer.Core;
using Issuer.Core.Records;
using Issuer.Storage.Identity;

namespace Issuer.Storage.Records;

sealed class RecordStore(Database database, IdLeases ids) : IRecordStore
{
    public async Task<IReadOnlyList<StoredRow>> SubmitAsync(
        IReadOnlyList<CheckedRow> rows, Act act, CancellationToken cancel)
    {
        if (rows.Count == 0)
        {
            return [];
        }
        var firstId = await ids.TakeAsync("record", rows.Count, cancel);
        return await database.WriteAsync(
            async session =>
            {
                var known = await KnownAsync(session, rows);
                var writes = new Submission(act, firstId);
                var answers = rows.Select(row => writes.Decide(row, known)).ToList();
                await writes.StoreAsync(session);
                return answers;
            },
            cancel);
    }

    static async Task<Dictionary<string, KnownRecord>> KnownAsync(WriteSession session, IReadOnlyList<CheckedRow> rows)
    {
        var keys = rows.Select(row => KeyOf(row.Record!)).Distinct().ToArray();
        var current = await session.QueryAsync<KnownColumns>(
            $"select submission_key, id, version, digest from record where submission_key {session.OneOf("keys")}",
            new { keys });
        var corrected = current.Where(c => c.Version > 1).Select(c => c.Id).ToArray();
        var older = corrected.Length == 0
            ? []
            : await session.QueryAsync<DigestColumns>(
                $"select record_id, digest from record_version where record_id {session.OneOf("corrected")}",
                new { corrected });
        var olderOf = older.ToLookup(o => o.RecordId, o => o.Digest);
        return current.ToDictionary(
            c => c.SubmissionKey, c => new KnownRecord(c.Id, c.Version, c.Digest, [.. olderOf[c.Id], c.Digest]));
    }

    /// <summary>The separator cannot stand in either part: control characters are refused.</summary>
    public static string KeyOf(VaccinationRecord record) => $"{record.Facility}\u001f{record.Reference}";

    sealed record KnownColumns(string SubmissionKey, long Id, long Version, byte[] Digest);

    sealed record DigestColumns(long RecordId, byte[] Digest);

    /// <summary>One batch: decides row by row against what is known so far, then writes it all.</summary>
    sealed class Submission(Act act, long nextId)
    {
        const string Insert =
            $"""
            insert into record (id, submission_key, version, digest, facility, reference, {RecordColumns.Content},
                entered_by, entered_at, state, differs, attested, held)
            values (@p0, @p1, 1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15, @p16,
                @p17, @p18, 0, 0, 0, 0)
            """;

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
        readonly List<object?[]> inserts = [];
        readonly List<object?[]> corrections = [];

        public StoredRow Decide(CheckedRow row, Dictionary<string, KnownRecord> known)
        {
            var record = row.Record!;
            var key = KeyOf(record);
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
                    inserts.Add([id, key, digest, record.Facility, record.Reference,
                        .. RecordColumns.ContentOf(record), act.Actor, at]);
                }
                else
                {
                    corrections.Add([id, digest, version, .. RecordColumns.ContentOf(record), act.Actor, at]);
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
            await session.ExecuteManyAsync(
                Insert, [.. inserts.OrderBy(row => (string)row[1]!, StringComparer.Ordinal)]);
            foreach (var correction in corrections.OrderBy(row => (long)row[0]!))
            {
                var id = (long)correction[0]!;
                var subjects = await session.QueryAsync<long>(
                    "select subject_id from record where id = @id and subject_id is not null", new { id });
                await SubjectRows.VoidLaterAttestationsAsync(session, [id]);
                await session.ExecuteManyAsync(Keep, [[id]]);
                await session.ExecuteManyAsync(Correct, [correction]);
                await SubjectRows.RefreshAsync(session, subjects, new HashSet<long>());
            }
            await AuditRows.AddAsync(session, act, "record-submitted", inserts.Select(row => (long)row[0]!));
            await AuditRows.AddAsync(session, act, "record-corrected", corrections.Select(row => (long)row[0]!));
            await CorrectionRows.AddAsync(
                session, act, CorrectionRows.Corrected, corrections.Select(row => ((long)row[0]!, (long)row[2]!)));
        }
    }
}
