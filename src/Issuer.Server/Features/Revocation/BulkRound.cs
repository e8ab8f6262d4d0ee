using Issuer.Core;
using Issuer.Core.Approvals;
using Issuer.Core.Certificates;
using Issuer.Core.Revocation;
using Issuer.Server.Hosting.Metrics;
using Issuer.Server.Hosting.Stores;
using Issuer.Storage.Revocation;

namespace Issuer.Server.Features.Revocation;

/// <summary>Acts of revocation that reach many, from the question to the last row.</summary>
sealed class BulkRound(
    BulkStore bulk, KeyWithdrawals withdrawals, TwoPersonActs acts, PoliciesNow policies, NationalClock clock,
    IssuerMeter meter)
{
    /// <summary>Executes what was approved, in steps; kill it anywhere, and the next round goes on.</summary>
    /// <param name="mostSteps">So that issuing has its turn; null: to the end.</param>
    /// <returns>What was done last; null: nothing waited.</returns>
    public async Task<BulkProgress?> RunAsync(
        int? mostSteps, Action<BulkProgress>? progress, CancellationToken cancel)
    {
        var steps = new RevokeInSteps(bulk);
        BulkProgress? last = null;
        for (var step = 0; mostSteps is null || step < mostSteps; step++)
        {
            if (await steps.StepAsync(clock.Now, cancel) is { } done)
            {
                last = done;
                meter.Revoked(done.Reached);
                progress?.Invoke(done);
            }
            else if (!await withdrawals.StepAsync(SuccessionCause.KeyWithdrawn, clock.Now, cancel))
            {
                break;
            }
        }
        return last;
    }

    /// <summary>Counts only: nothing is stored, and nothing is ever signed by it.</summary>
    public Task<BulkImpact> PreviewAsync(
        BulkCriteria criteria, RevocationReason why, CancellationToken cancel)
    {
        var policy = policies.Certification;
        return bulk.PreviewAsync(
            criteria, why.Rule().ReachesLineage,
            (doses, withdrawn) => DecideCourse.Decide(SuccessionRule.Remaining(doses, withdrawn), policy)
                .Entitlement is not null,
            clock.Now, cancel);
    }

    public async Task<Result<Approval>> AskAsync(
        RevokeInBulk command, Person person, CancellationToken cancel)
    {
        if (DecideApproval.Request(command, person) is { } refused)
        {
            return refused;
        }
        var impact = await PreviewAsync(command.Criteria, command.Why, cancel);
        return await acts.RequestAsync(
            command with { Impact = impact, AsOf = clock.Now }, person, clock.Now, cancel);
    }

    /// <summary>A facility's set, for its province to decide.</summary>
    public async Task<Result<Approval>> AskAsync(WithdrawSet command, Person person, CancellationToken cancel) =>
        await acts.RefuseAsync(command, person, clock.Now, cancel) is { } refused
            ? refused
            : await acts.RequestAsync(
                command with
                {
                    Impact = await PreviewAsync(command.Criteria, command.Why, cancel),
                    AsOf = clock.Now,
                },
                person, clock.Now, cancel);
}
