using Issuer.Core;
using Issuer.Core.Certificates;
using Issuer.Core.Revocation;
using Issuer.Hcert;
using Issuer.Storage.Holds;
using static Issuer.Storage.Predicates;

namespace Issuer.Storage.Revocation;

/// <summary>What step 12 reads and writes, on both engines.</summary>
sealed class RevocationTransaction(WriteSession session) : IBulkTransaction
{
    readonly List<StockUse> leaving = [];

    public async Task<RevocableCertificate?> FindAsync(Slot slot, string? document) =>
        (await session.QueryAsync<FoundColumns>(
            $"""
            select c.slot, c.lineage_id, c.random, c.expires_at, v.reason, v.effective_at, v.suspended_until,
                l.current_slot, l.is_open
            from certificate c
            join lineage l on l.id = c.lineage_id
            left join revocation v on v.slot = c.slot and {Stands("v")}
            where c.slot = @slot and {IsCompleted("c")} and (@document is null
                or l.subject_id = (select d.subject_id from identity_document d where d.document = @document))
            """,
            new { slot = slot.Value, document })).SingleOrDefault()?.ToCertificate();

    public async Task<long> CountDeclaredAsync(long lineage, RevocationReason reason, DateTimeOffset since) =>
        (await session.QueryAsync<long>(
            """
            select count(*) from certificate c join revocation v on v.slot = c.slot
            where c.lineage_id = @lineage and v.reason = @reason and v.decided_at > @since
            """,
            new { lineage, reason = (long)reason, since = since.ToUnixTimeSeconds() }))[0];

    public async Task<IReadOnlyList<long>> LineagesOfAsync(IReadOnlyCollection<long> slots) => slots.Count == 0
        ? []
        : await session.QueryAsync<long>(
            $"select distinct lineage_id from certificate where slot {session.OneOf("slots")}",
            new { slots = slots.ToArray() });

    public async Task<IReadOnlyList<long>> UnexpiredOfAsync(IReadOnlyCollection<long> lineages, DateTimeOffset now) =>
        lineages.Count == 0 ? [] : await RevocationRows.OfLineagesAsync(session, lineages, now);

    public Task<IReadOnlyList<long>> DeclareAsync(IReadOnlyCollection<long> slots, Declaration declared) =>
        RevocationRows.DeclareAsync(session, slots, declared);

    public Task CloseAsync(IReadOnlyCollection<long> lineages) =>
        lineages.Count == 0 ? Task.CompletedTask : LineageRows.EndAsync(session, lineages);

    public Task PauseAsync(long lineage, DateTimeOffset until) => LineageRows.PauseAsync(session, lineage, until);

    public Task<int> ReplaceLeakedAsync(IReadOnlyCollection<long> slots, DateTimeOffset now) =>
        LineageRows.EnqueueAsync(session, slots, SuccessionCause.Leaked, now);

    public async Task<WithdrawableRecord?> FindRecordAsync(long record, string? facility) =>
        (await session.QueryAsync<(long Version, long Withdrawn)>(
            "select version, withdrawn from record where id = @record and (@facility is null or facility = @facility)",
            new { record, facility }))
        .Select(row => new WithdrawableRecord(row.Version, row.Withdrawn == 1)).SingleOrDefault();

    public async Task VoidAsync(IReadOnlyCollection<long> records, Act act) =>
        leaving.Add(await RecordRows.VoidAsync(session, records, act));

    public async Task<IReadOnlyList<long>> RelyingOnAsync(IReadOnlyCollection<long> records, DateTimeOffset now) =>
        await RecordRows.RelyingOnAsync(session, records, now);

    public Task VoidLaterStatementsAsync(IReadOnlyCollection<long> records) =>
        RecordRows.VoidLaterStatementsAsync(session, records);

    public Task DecideAgainAsync(IReadOnlyCollection<long> records) => RecordRows.DecideAgainAsync(session, records);

    public async Task FreeLotsAsync()
    {
        foreach (var use in leaving)
        {
            await use.StoreAsync(session);
        }
        if (leaving.LastOrDefault()?.Last is { } act)
        {
            await SharedStock.ReturnAsync(session, [], act);
        }
        leaving.Clear();
    }

    public Task<ApprovedBulk?> NextAsync() => BulkActs.NextAsync(session);

    public Task<IReadOnlyList<long>> ItemsAsync(ApprovedBulk bulk, int limit) =>
        BulkActs.ItemsAsync(session, bulk, limit);

    public Task<IReadOnlyList<long>> UnchangedAsync(
        ApprovedBulk bulk, IReadOnlyCollection<long> items, DateTimeOffset now) =>
        BulkActs.UnchangedAsync(session, bulk, items, now);

    public Task<BulkProgress> AdvanceAsync(
        ApprovedBulk bulk, long doneTo, long done, IReadOnlyCollection<long> leftAlone, long revoked) =>
        BulkActs.AdvanceAsync(session, bulk, doneTo, done, leftAlone, revoked);

    public Task<BulkProgress> FinishAsync(ApprovedBulk bulk, DateTimeOffset at) =>
        BulkActs.FinishAsync(session, bulk, at);

    public Task<long> CountUseAsync(string name, DateOnly day) => new DailyUse(session).CountUseAsync(name, day);

    public Task AuditAsync(Act act, string what, IReadOnlyCollection<long> objects) =>
        AuditRows.AddAsync(session, act, what, objects);

    public Task AuditAsync(Act act, string what) => AuditRows.AddAsync(session, act, [what]);

    sealed record FoundColumns(
        long Slot, long LineageId, byte[] Random, long ExpiresAt, long? Reason, long? EffectiveAt, long? SuspendedUntil,
        long? CurrentSlot, long IsOpen)
    {
        public RevocableCertificate ToCertificate() => new(
            new Slot(Slot), LineageId, Random, DateTimeOffset.FromUnixTimeSeconds(ExpiresAt),
            Reason is { } why ? RevocationColumns.Of(why, EffectiveAt!.Value, SuspendedUntil) : null,
            IsHead: IsOpen == 1 && CurrentSlot == Slot);
    }
}
