using Issuer.Core;
using Issuer.Core.Approvals;
using Issuer.Core.Revocation;
using Issuer.Server.Hosting.Stores;

namespace Issuer.Server.Features.Revocation;

/// <summary>What became of one revocation: it was done, or a second person is asked.</summary>
/// <param name="Asked">Null: it was done.</param>
sealed record RevokedOrAsked(RevocationOutcome Outcome, Approval? Asked);

/// <summary>
/// One certificate or record. A facility withdraws its own within its budget, a leak and a holder's own request are
/// revoked by one person; all else of the ministry's takes two people from the first, as the same for many does. In
/// Development asking does both.
/// </summary>
sealed class RevokeOne(RevokeCertificates revoke, BulkRound bulk, StoreEnvironment environment, NationalClock clock)
{
    static readonly RevocationOutcome Nothing = new(0, 0, IsEnqueued: false);

    public async Task<Result<RevokedOrAsked>> RevokeAsync(
        RevocationRequest request, Person person, CancellationToken cancel)
    {
        if (environment.IsDevelopment || request.Reason.Rule().TakesOnePerson)
        {
            return Done(await revoke.RevokeAsync(request, clock.Act(person.Subject), cancel));
        }
        return await revoke.RefuseAsync(request, clock.Now, cancel) is { } why
            ? why
            : await AskAsync(
                new RevokeInBulk(
                    new BulkCriteria(Certificates: [request.Slot.Value]), request.Reason,
                    request.Note ?? request.Reason.ToWire())
                {
                    SuspendUntil = request.SuspendUntil?.ToUnixTimeSeconds(),
                },
                person, cancel);
    }

    /// <param name="facility">Whose record it must be; null: anybody's, for the ministry.</param>
    public async Task<Result<RevokedOrAsked>> WithdrawAsync(
        string? facility, long record, long version, RevocationReason why, Person person, CancellationToken cancel)
    {
        if (environment.IsDevelopment || facility is not null)
        {
            return Done(await revoke.WithdrawRecordAsync(
                facility, record, version, why, clock.Act(person.Subject), cancel));
        }
        if ((await revoke.RefuseWithdrawalAsync(facility, record, version, cancel))
            .IsRefused(out var refused, out var found))
        {
            return refused;
        }
        return found.IsWithdrawn
            ? new RevokedOrAsked(Nothing, null)
            : await AskAsync(new RevokeInBulk(new BulkCriteria(Records: [record]), why, why.ToWire()), person, cancel);
    }

    async Task<Result<RevokedOrAsked>> AskAsync(RevokeInBulk command, Person person, CancellationToken cancel)
    {
        // What stands already is no request to anybody.
        if ((await bulk.PreviewAsync(command.Criteria, command.Why, cancel)).Items == 0)
        {
            return new RevokedOrAsked(Nothing, null);
        }
        return (await bulk.AskAsync(command, person, cancel)).IsRefused(out var why, out var approval)
            ? why
            : new RevokedOrAsked(Nothing, approval);
    }

    static Result<RevokedOrAsked> Done(Result<RevocationOutcome> result) =>
        result.IsRefused(out var why, out var outcome) ? why : new RevokedOrAsked(outcome, null);
}
