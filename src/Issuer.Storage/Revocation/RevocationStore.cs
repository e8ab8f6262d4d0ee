using Issuer.Core;
using Issuer.Core.Certificates;
using Issuer.Core.Records;
using Issuer.Core.Revocation;
using Issuer.Hcert;
using static Issuer.Storage.Predicates;

namespace Issuer.Storage.Revocation;

/// <summary>What somebody asks to be revoked.</summary>
/// <param name="Note">What <see cref="RevocationReason.Other"/> means; for the ministry alone.</param>
/// <param name="SuspendUntil">A suspension with this end; null: for good.</param>
/// <param name="Uvci">The whole identifier where somebody typed it; one with this slot alone is not there.</param>
public sealed record RevocationRequest(
    Slot Slot, RevocationReason Reason, string? Note = null, DateTimeOffset? SuspendUntil = null, string? Uvci = null);

/// <summary>What came of it.</summary>
/// <param name="Certificates">How many it reached; none: all of it stood already.</param>
/// <param name="Lineage">A successor of its current certificate may have been enqueued.</param>
public sealed record RevocationOutcome(int Certificates, long Lineage, bool IsEnqueued);

/// <summary>
/// Revoking one certificate or record at a time. Durable when it returns; asked twice it changes nothing.
/// </summary>
public sealed class RevocationStore(Database database)
{
    /// <summary>So many leaks of one lineage in this time; whoever loses more has another trouble.</summary>
    public const int MostLeaks = 3;

    static readonly TimeSpan LeakWindow = TimeSpan.FromDays(30);

    public Task<Result<RevocationOutcome>> RevokeAsync(RevocationRequest request, Act act, CancellationToken cancel) =>
        database.WriteAsync<Result<RevocationOutcome>>(
            async session => await FindAsync(session, request.Slot) is { } found && found.Fits(request)
                ? await RevokeAsync(session, found, request, act)
                : new Rejection(RejectionKind.NotFound, "this certificate is not known"),
            cancel);

    /// <summary>
    /// A holder's own certificate is in other hands: it alone is revoked, and its successor is due at once.
    /// </summary>
    public Task<Result<RevocationOutcome>> ReportLeakAsync(
        string document, Slot slot, Act act, CancellationToken cancel) =>
        database.WriteAsync<Result<RevocationOutcome>>(
            async session =>
            {
                if (await FindAsync(session, slot, document) is not { } found)
                {
                    return new Rejection(RejectionKind.NotFound, "this holder has no certificate with this id");
                }
                if (found.Reason == (long)RevocationReason.Leaked)
                {
                    return new RevocationOutcome(0, found.LineageId, found.IsHead);
                }
                // A suspension is the ministry's to end: its holder gets no fresh certificate by losing the old one.
                if (found.Reason is not null
                    && (found.SuspendedUntil is null || found.SuspendedUntil > act.At.ToUnixTimeSeconds()))
                {
                    return new Rejection(RejectionKind.Conflict, "this certificate is already revoked or suspended");
                }
                var since = act.At - LeakWindow;
                var leaks = await session.QueryAsync<long>(
                    """
                    select count(*) from certificate c join revocation v on v.slot = c.slot
                    where c.lineage_id = @LineageId and v.reason = @reason and v.decided_at > @since
                    """,
                    new { found.LineageId, reason = (long)RevocationReason.Leaked, since = since.ToUnixTimeSeconds() });
                return leaks[0] >= MostLeaks
                    ? new Rejection(RejectionKind.TooOften, "too many reports for now: ask the hotline")
                    : await RevokeAsync(session, found, new RevocationRequest(slot, RevocationReason.Leaked), act);
            },
            cancel);

    /// <param name="facility">Whose record it must be; null: anybody's.</param>
    /// <param name="version">The one that was looked at.</param>
    public Task<Result<RevocationOutcome>> WithdrawRecordAsync(
        string? facility, long record, long version, RevocationReason why, Act act, CancellationToken cancel) =>
        database.WriteAsync<Result<RevocationOutcome>>(
            async session =>
            {
                var found = await session.QueryAsync<(long Version, long Withdrawn)>(
                    "select version, withdrawn from record "
                        + "where id = @record and (@facility is null or facility = @facility)",
                    new { record, facility });
                if (found.Count == 0)
                {
                    return new Rejection(RejectionKind.NotFound, "this record is not known");
                }
                if (found[0].Withdrawn == 1)
                {
                    return new RevocationOutcome(0, 0, false);
                }
                return found[0].Version != version
                    ? new Rejection(RejectionKind.Conflict, "the record has been corrected in the meantime",
                        [new Fault("if-match", FaultCode.WrongVersion)])
                    : new RevocationOutcome(
                        (await RecordRows.WithdrawAsync(session, [record], why, act)).Count, 0, false);
            },
            cancel);

    static async Task<Result<RevocationOutcome>> RevokeAsync(
        WriteSession session, Found found, RevocationRequest request, Act act)
    {
        if (found.ExpiresAt <= act.At.ToUnixTimeSeconds())
        {
            return new Rejection(RejectionKind.Conflict, "this certificate has expired");
        }
        var reachesLineage = RevocationRule.ReachesLineage(request.Reason);
        IReadOnlyCollection<long> reached = reachesLineage
            ? await RevocationRows.OfLineagesAsync(session, [found.LineageId], act.At)
            : [request.Slot.Value];
        var changed = await RevocationRows.DeclareAsync(session, reached, new Declaration(
            request.Reason, act, act.At, request.SuspendUntil, request.Note));
        if (request.SuspendUntil is { } until)
        {
            await LineageRows.PauseAsync(session, found.LineageId, until);
            return new RevocationOutcome(changed.Count, found.LineageId, false);
        }
        if (reachesLineage)
        {
            await LineageRows.EndAsync(session, [found.LineageId]);
            return new RevocationOutcome(changed.Count, found.LineageId, false);
        }
        var enqueued = changed.Count > 0
            && await LineageRows.EnqueueAsync(session, changed, SuccessionCause.Leaked, act.At) > 0;
        return new RevocationOutcome(changed.Count, found.LineageId, enqueued);
    }

    /// <param name="document">Its holder's; null: anybody's.</param>
    static async Task<Found?> FindAsync(WriteSession session, Slot slot, string? document = null) =>
        (await session.QueryAsync<Found>(
            $"""
            select c.slot, c.lineage_id, c.random, c.expires_at, v.reason, v.suspended_until, l.current_slot, l.is_open
            from certificate c
            join lineage l on l.id = c.lineage_id
            left join revocation v on v.slot = c.slot and {Stands("v")}
            where c.slot = @slot and {IsCompleted("c")} and (@document is null
                or l.subject_id = (select d.subject_id from identity_document d where d.document = @document))
            """,
            new { slot = slot.Value, document })).SingleOrDefault();

    sealed record Found(
        long Slot, long LineageId, byte[] Random, long ExpiresAt, long? Reason, long? SuspendedUntil, long? CurrentSlot,
        long IsOpen)
    {
        /// <summary>Its successor is on the way.</summary>
        public bool IsHead => IsOpen == 1 && CurrentSlot == Slot;

        public bool Fits(RevocationRequest request) =>
            request.Uvci is null || request.Uvci == Uvci.Mint(request.Slot, Random).ToString();
    }
}
