using Issuer.Core.Holds;
using Issuer.Core.Records;

namespace Issuer.Core.Identity;

/// <summary>A record of somebody's who asks for its answer.</summary>
/// <param name="EnteredBy">Who entered any version of it.</param>
/// <param name="Waits">What it claims is beyond a budget; false: the registry was asked, or will be.</param>
public sealed record AwaitedAnswer(StoredRecord Stored, IReadOnlyCollection<string> EnteredBy, bool Waits);

/// <summary>Answers that wait, as the decision reads and writes them.</summary>
public interface IReleaseTransaction : IAuditRows, IDailyUse
{
    /// <summary>Null: there is no record of this id in the scope.</summary>
    Task<AwaitedAnswer?> FindAsync(WorklistScope scope, long record);

    /// <summary>The record waits to be matched, and whoever makes the same claims there no longer waits.</summary>
    Task ReleaseAsync(long record, IReadOnlyCollection<Claim> claims, DateTimeOffset at);
}

/// <summary>
/// Somebody of the desk or the province has looked at a record whose answer is beyond a budget, and lets it go before
/// its time. The way out for an honest clerk, so it has a limit of its own, and nobody lets their own records go.
/// </summary>
public sealed class ReleaseAnswer(
    ITransactions<IReleaseTransaction> store, ClaimDigests digests, RegistryBudget budget, TimeSpan utcOffset)
{
    /// <summary>Null: the next round matches it. Asked twice it changes nothing.</summary>
    public Task<Rejection?> RunAsync(WorklistScope scope, long record, Act act, CancellationToken cancel) =>
        store.DecideAsync<Rejection?>(
            async rows =>
            {
                if (await rows.FindAsync(scope, record) is not { } awaited)
                {
                    return new Rejection(RejectionKind.NotFound, "this record is not known");
                }
                if (!awaited.Waits)
                {
                    return null;
                }
                if (awaited.EnteredBy.Any(who => Subjects.AreOne(who, act.Actor)))
                {
                    return new Rejection(
                        RejectionKind.Forbidden, "the person who entered a record cannot release its answer");
                }
                var used = await rows.CountUseAsync(
                    $"answer-release {Subjects.Folded(act.Actor)}", DailyLimit.DayOf(act.At, utcOffset));
                if (DailyLimit.Refuse(used, budget.ReleasesPerPersonAndDay) is { } tooMany)
                {
                    await rows.AuditAsync(act, "answer-released too often");
                    return tooMany;
                }
                await rows.ReleaseAsync(record, digests.Of(awaited.Stored.Record), act.At);
                await rows.AuditAsync(act, "answer-released", record);
                return null;
            },
            cancel);
}
