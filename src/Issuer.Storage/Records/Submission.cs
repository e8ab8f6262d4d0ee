using Issuer.Core;
using Issuer.Core.Holds;
using Issuer.Core.Identity;
using Issuer.Core.Records;
using Issuer.Storage.Holds;
using Issuer.Storage.Identity;
using static Issuer.Storage.Predicates;

namespace Issuer.Storage.Records;

/// <summary>One batch: decides row by row against what is known so far, then writes it all.</summary>
/// <param name="acts">What corrections of what is certified are spent from; null: nothing is.</param>
sealed class Submission(WriteSession session, long nextId, SingleActs? acts)
{
    static readonly string Keep =
        $"""
        insert into record_version (record_id, version, digest, {RecordColumns.Content}, entered_by, entered_at)
        select id, version, digest, {RecordColumns.Content}, entered_by, entered_at from record where id = @id
        """;

    static readonly string Correct =
        $"""
        update record set version = @Version, digest = @Digest, {RecordColumns.Content.Assigned},
            entered_by = @EnteredBy, entered_at = @EnteredAt, answer_from = @AnswerFrom, {MatchAnew}
        where id = @Id
        """;

    readonly SortedDictionary<string, (Act Act, NewRow Row)> inserts = new(StringComparer.Ordinal);
    readonly List<Correction> corrections = [];
    readonly List<(Act Act, long Id)> refused = [];
    readonly StockUse stock = new();
    readonly List<DrawnDose> moved = [];
    readonly NewClaims claims = new(session);

    public async Task<StoredRow> DecideAsync(SubmittedBy submitted, Dictionary<string, KnownRecord> known)
    {
        var (row, act, claimed) = submitted;
        var record = SubmitRecords.Referred(
            row, reference => known.GetValueOrDefault(RecordStore.KeyOf(row.Record!.Facility, reference)));
        var key = RecordStore.KeyOf(record);
        var digest = record.Digest();
        var before = known.GetValueOrDefault(key);
        var (outcome, fault) = await SubmitRecords.DecideAsync(
            before, digest, row, acts, new DailyUse(session), act);
        if (before is not null && fault?.Is(FaultCode.TooOften) == true)
        {
            refused.Add((act, before.Id));
        }
        if (outcome is SubmitOutcome.Accepted or SubmitOutcome.Corrected)
        {
            var id = before?.Id ?? nextId++;
            var version = (before?.Version ?? 0) + 1;
            known[key] = new KnownRecord(
                id, version, digest, [.. before?.Digests ?? [], digest], Dose: DoseOf.Record(record));
            claims.Add(id, version, claimed, record, act);
            var entered = new EnteredRow(
                RecordColumns.Of(id, version, record), digest, act.Actor, act.At.ToUnixTimeSeconds());
            if (before is null)
            {
                stock.Enter(StockDoseOf(entered), id, act);
                inserts.Add(key, (act, new NewRow(entered, key)));
            }
            else
            {
                corrections.Add(new Correction(act, entered));
            }
        }
        var now = known.GetValueOrDefault(key);
        return outcome == SubmitOutcome.Refused
            ? new StoredRow(outcome, null, null, fault)
            : new StoredRow(outcome, now?.Id, now?.Version, null);
    }

    public async Task StoreAsync()
    {
        await claims.StoreAsync();
        // Everybody takes their places in the same order, or two who send one file would wait for each other.
        await session.InsertAsync("record", inserts.Values.Select(insert => WithClaim(insert.Row)));
        foreach (var correction in corrections.OrderBy(c => c.Id))
        {
            await CorrectAsync(correction);
        }
        await AuditRows.AddAsync(
            session, "record-submitted", inserts.Values.Select(insert => (insert.Act, insert.Row.Entered.Record.Id)));
        await AuditRows.AddAsync(session, "record-corrected", corrections.Select(c => (c.Act, c.Id)));
        await AuditRows.AddAsync(session, "record-corrected refused too-often", refused);
        foreach (var same in corrections.GroupBy(c => c.Act))
        {
            await CorrectionRows.AddAsync(
                session, same.Key, CorrectionRows.Corrected, same.Select(c => (c.Id, c.Version)));
        }
        await stock.StoreAsync(session);
        if (corrections.Count > 0)
        {
            await SharedStock.ReturnAsync(session, moved, corrections[^1].Act);
        }
    }

    async Task CorrectAsync(Correction correction)
    {
        var id = correction.Id;
        var before = (await session.QueryAsync<CorrectedColumns>(
            $"select {ColumnList.Of<CorrectedColumns>()} from record where id = @id", new { id })).Single();
        // While it still says of which product it was.
        moved.AddRange(await DrawnDoses.ReturnAsync(session, [id]));
        await SubjectRows.VoidLaterAttestationsAsync(session, [id]);
        await session.ExecuteManyAsync(Keep, [new { id }]);
        await session.ExecuteManyAsync(Correct, [new
        {
            correction.Entered, AnswerFrom = claims.AnswerFrom(id, correction.Version),
        }]);
        if (before.Dose != StockDoseOf(correction.Entered))
        {
            stock.Leave(before.Dose, id, correction.Act);
            stock.Enter(StockDoseOf(correction.Entered), id, correction.Act);
        }
        if (before.SubjectId is { } subject)
        {
            await SubjectRows.RefreshAsync(session, [subject]);
        }
    }

    /// <summary>After it is stored: with when the registry is asked.</summary>
    public StoredRow WithClaim(StoredRow row) => row is { RecordId: { } id, Version: { } version }
        && row.Outcome is SubmitOutcome.Accepted or SubmitOutcome.Corrected
        ? row with { Claimed = claims.Find(id, version) }
        : row;

    NewRow WithClaim(NewRow row) => row with
    {
        AnswerFrom = claims.AnswerFrom(row.Entered.Record.Id, row.Entered.Record.Version),
    };

    static StockDose StockDoseOf(EnteredRow row) =>
        new(row.Record.Facility, row.Record.Product, row.Record.VaccinatedOn, row.Record.Lot);

    sealed record Correction(Act Act, EnteredRow Entered)
    {
        public long Id => Entered.Record.Id;

        public long Version => Entered.Record.Version;
    }

    sealed record CorrectedColumns(string Facility, string Product, string VaccinatedOn, string Lot, long? SubjectId)
    {
        public StockDose Dose => new(Facility, Product, VaccinatedOn, Lot);
    }

    /// <summary>What somebody enters: of a new record, or of a version that corrects it.</summary>
    sealed record EnteredRow(RecordColumns Record, byte[] Digest, string EnteredBy, long EnteredAt);

    /// <summary>A row of <c>record</c> at its beginning; what is not here is null or not so.</summary>
    sealed record NewRow(
        EnteredRow Entered, string SubmissionKey, long State = (long)RecordState.Pending,
        long Differs = (long)IdentityFields.None, long Attested = 0, long Held = (long)HoldReason.None,
        long? AnswerFrom = null);
}
