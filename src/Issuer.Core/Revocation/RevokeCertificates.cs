using Issuer.Core.Holds;
using Issuer.Core.Records;
using Issuer.Hcert;

namespace Issuer.Core.Revocation;

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
/// Step 12 of a record's way, its first half: a revocation becomes rows. (Publishing turns rows into signed files, on a
/// schedule: <see cref="Publication"/>.) Each of the ways in goes through the same steps, in one transaction:
/// <list type="number">
/// <item>find the certificate, or the record, and what stands against it;</item>
/// <item>refuse what may not be done to it (<see cref="RevocationRule"/>);</item>
/// <item>tell what is reached: the certificate alone, or every unexpired one of its lineage;</item>
/// <item>declare it;</item>
/// <item>close what has nothing to follow, pause what is suspended, replace what leaked.</item>
/// </list>
/// Withdrawing a record comes to step 3 by another way: <see cref="WithdrawRecords"/>. Bulk acts take steps 3 to 5 for
/// many at once: <see cref="RevokeInSteps"/>. Durable when it returns; asked twice, it changes nothing the second time.
/// </summary>
/// <param name="acts">The budget of what one person does alone.</param>
/// <param name="counted">Told how many certificates each act reached; null: nobody counts.</param>
public sealed class RevokeCertificates(
    ITransactions<IWithdrawalTransaction> store, SingleActs acts, Action<int>? counted = null)
{
    public Task<Result<RevocationOutcome>> RevokeAsync(RevocationRequest request, Act act, CancellationToken cancel) =>
        DecideAsync(
            async rows =>
            {
                if ((await FindAsync(rows, request, act.At)).IsRefused(out var why, out var found))
                {
                    return why;
                }
                return request.Reason.Rule().TakesOnePerson && !IsRepeated(found, request)
                    && await SpendAsync(rows, null, act, "certificate-revoked", found.Slot.Value) is { } tooOften
                    ? tooOften
                    : await ApplyAsync(rows, found, request, act);
            },
            cancel);

    /// <summary>Steps 1 and 2 alone: why it could not be revoked; null: it could.</summary>
    public Task<Rejection?> RefuseAsync(RevocationRequest request, DateTimeOffset now, CancellationToken cancel) =>
        store.DecideAsync(async rows => (await FindAsync(rows, request, now)).Rejection, cancel);

    /// <summary>The same of a record that is to be withdrawn.</summary>
    /// <returns>Whether it is withdrawn already, or why it cannot be.</returns>
    public Task<Result<WithdrawableRecord>> RefuseWithdrawalAsync(
        string? facility, long record, long version, CancellationToken cancel) =>
        store.DecideAsync(rows => FindAsync(rows, facility, record, version), cancel);

    /// <summary>
    /// A holder's own certificate is in other hands: it alone is revoked, and its successor is due at once.
    /// </summary>
    public Task<Result<RevocationOutcome>> ReportLeakAsync(
        string document, Slot slot, Act act, CancellationToken cancel) =>
        DecideAsync(
            async rows =>
            {
                // 1. Find.
                if (await rows.FindAsync(slot, document) is not { } found)
                {
                    return new Rejection(RejectionKind.NotFound, "this holder has no certificate with this id");
                }
                if (found.Standing?.Reason == RevocationReason.Leaked)
                {
                    return new RevocationOutcome(0, found.LineageId, found.IsHead);
                }
                // 2. Refuse.
                var leaks = await rows.CountDeclaredAsync(
                    found.LineageId, RevocationReason.Leaked, act.At - RevocationRule.LeakWindow);
                return RevocationRule.RefuseLeak(found, leaks, act.At) is { } why
                    ? why
                    : await ApplyAsync(rows, found, new RevocationRequest(slot, RevocationReason.Leaked), act);
            },
            cancel);

    /// <param name="facility">Whose record it must be; null: anybody's.</param>
    /// <param name="version">The one that was looked at.</param>
    public Task<Result<RevocationOutcome>> WithdrawRecordAsync(
        string? facility, long record, long version, RevocationReason why, Act act, CancellationToken cancel) =>
        DecideAsync(
            async rows =>
            {
                if ((await FindAsync(rows, facility, record, version)).IsRefused(out var refused, out var found))
                {
                    return refused;
                }
                if (found.IsWithdrawn)
                {
                    return new RevocationOutcome(0, 0, false);
                }
                // The ministry's withdrawals take two people instead.
                if (facility is not null
                    && await SpendAsync(rows, facility, act, "record-withdrawn", record) is { } tooOften)
                {
                    return tooOften;
                }
                // 3 to 5.
                var revoked = await WithdrawRecords.ApplyAsync(rows, [record], why, act, approvalId: null);
                return new RevocationOutcome(revoked.Count, 0, false);
            },
            cancel);

    static async Task<Result<RevocableCertificate>> FindAsync(
        IRevocationTransaction rows, RevocationRequest request, DateTimeOffset now)
    {
        // 1. Find.
        if (await rows.FindAsync(request.Slot, document: null) is not { } found || !IsMeant(found, request))
        {
            return new Rejection(RejectionKind.NotFound, "this certificate is not known");
        }
        // 2. Refuse.
        return RevocationRule.Refuse(found, now) is { } why ? why : found;
    }

    static async Task<Result<WithdrawableRecord>> FindAsync(
        IWithdrawalTransaction rows, string? facility, long record, long version)
    {
        // 1. Find.
        if (await rows.FindRecordAsync(record, facility) is not { } found)
        {
            return new Rejection(RejectionKind.NotFound, "this record is not known");
        }
        // 2. Refuse.
        return found.IsWithdrawn || found.Version == version
            ? found
            : new Rejection(
                RejectionKind.Conflict, "the record has been corrected in the meantime",
                [new Fault("if-match", FaultCode.WrongVersion)]);
    }

    async Task<Rejection?> SpendAsync(
        IWithdrawalTransaction rows, string? facility, Act act, string what, long of)
    {
        var tooOften = await acts.SpendAsync(rows, facility, act);
        if (tooOften is not null)
        {
            await rows.AuditAsync(act, $"{what} refused too-often", of);
        }
        return tooOften;
    }

    async Task<Result<RevocationOutcome>> DecideAsync(
        Func<IWithdrawalTransaction, Task<Result<RevocationOutcome>>> decide, CancellationToken cancel)
    {
        var result = await store.DecideAsync(decide, cancel);
        counted?.Invoke(result.Value?.Certificates ?? 0);
        return result;
    }

    static async Task<RevocationOutcome> ApplyAsync(
        IRevocationTransaction rows, RevocableCertificate found, RevocationRequest request, Act act)
    {
        var (changed, replaced) = await ApplyAsync(
            rows, [request.Slot.Value], [found.LineageId],
            new Declaration(request.Reason, act, act.At, request.SuspendUntil, request.Note));
        return new RevocationOutcome(changed.Count, found.LineageId, replaced > 0);
    }

    /// <summary>Steps 3 to 5, for one certificate or for many.</summary>
    /// <returns>The certificates that it changed anything for, and how many successors are due for it.</returns>
    internal static async Task<(IReadOnlyList<long> Changed, int Replaced)> ApplyAsync(
        IRevocationTransaction rows, IReadOnlyCollection<long> slots, IReadOnlyCollection<long> lineages,
        Declaration declared)
    {
        // 3. Reach.
        var reachesLineage = declared.Reason.Rule().ReachesLineage;
        var reached = reachesLineage ? await rows.UnexpiredOfAsync(lineages, declared.Act.At) : slots;
        // 4. Declare.
        var changed = await rows.DeclareAsync(reached, declared);
        // 5. What follows.
        if (declared.SuspendedUntil is { } until)
        {
            foreach (var lineage in lineages)
            {
                await rows.PauseAsync(lineage, until);
            }
            return (changed, 0);
        }
        if (reachesLineage)
        {
            await rows.CloseAsync(lineages);
            return (changed, 0);
        }
        return (changed, changed.Count == 0 ? 0 : await rows.ReplaceLeakedAsync(changed, declared.Act.At));
    }

    static bool IsRepeated(RevocableCertificate found, RevocationRequest request) => found.Standing is { } standing
        && standing.Reason == request.Reason && standing.SuspendedUntil == request.SuspendUntil;

    static bool IsMeant(RevocableCertificate found, RevocationRequest request) =>
        request.Uvci is null || request.Uvci == Uvci.Mint(request.Slot, found.Random).ToString();
}
