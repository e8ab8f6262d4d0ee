using Issuer.Core;
using Issuer.Core.Approvals;
using Issuer.Core.Certificates;
using Issuer.Core.Revocation;
using Issuer.Server.Hosting;

namespace Issuer.Server.Features.Revocation;

/// <summary>Bulk acts with the workplace's store, policy and clock.</summary>
static class BulkRound
{
    /// <summary>Executes what was approved, in steps; kill it anywhere, and the next round goes on.</summary>
    /// <param name="mostSteps">So that issuing has its turn; null: to the end.</param>
    /// <returns>What was done last; null: nothing waited.</returns>
    public static async Task<BulkProgress?> RunAsync(
        Workplace place, int? mostSteps, Action<BulkProgress>? progress, CancellationToken cancel)
    {
        var steps = new RevokeInSteps(place.Store.BulkRevocations);
        BulkProgress? last = null;
        for (var step = 0; mostSteps is null || step < mostSteps; step++)
        {
            if (await steps.StepAsync(place.Now, cancel) is { } done)
            {
                last = done;
                progress?.Invoke(done);
            }
            else if (!await place.Store.KeyWithdrawals.StepAsync(place.Now, cancel))
            {
                break;
            }
        }
        return last;
    }

    /// <summary>Counts only: nothing is stored, and nothing is ever signed by it.</summary>
    public static Task<BulkImpact> PreviewAsync(
        Workplace place, BulkCriteria criteria, RevocationReason why, CancellationToken cancel)
    {
        var policy = place.Policy;
        return place.Store.BulkRevocations.PreviewAsync(
            criteria, RevocationRule.ReachesLineage(why),
            (doses, withdrawn) => DecideCourse.Decide(SuccessionRule.Remaining(doses, withdrawn), policy)
                .Entitlement is not null,
            place.Now, cancel);
    }

    public static async Task<Result<Approval>> AskAsync(
        Workplace place, RevokeInBulk command, Person person, CancellationToken cancel)
    {
        if (DecideApproval.Request(command, person) is { } refused)
        {
            return refused;
        }
        var impact = await PreviewAsync(place, command.Criteria, command.Why, cancel);
        return await place.TwoPersonActs().RequestAsync(
            command with { Impact = impact, AsOf = place.Now }, person, place.Now, cancel);
    }
}
