using Issuer.Core.Holds;

namespace Issuer.Core.Identity;

/// <summary>What a facility has to clean, as its province saw it: so many claims more than the budget of a day.</summary>
/// <param name="Size">The facility's records that waited for their correction when it was opened.</param>
/// <param name="Used">Claims that were drawn from it.</param>
public sealed record CleaningList(
    long Id, string Facility, long Size, long Used, string OpenedBy, DateTimeOffset OpenedAt, DateTimeOffset EndsAt);

/// <summary>Cleaning lists, as the decision reads and writes them; of one facility after another.</summary>
public interface ICleaningTransaction : IAuditRows
{
    /// <summary>The facility's records that wait for their correction; null: it does not lie in the scope.</summary>
    Task<long?> CountWaitingAsync(WorklistScope scope, string facility);

    /// <summary>The one that is open and not used up; null: none is.</summary>
    Task<CleaningList?> FindOpenAsync(string facility, DateTimeOffset now);

    Task<CleaningList> AddAsync(string facility, long size, DateTimeOffset ends, Act act);
}

/// <summary>
/// A province opens a cleaning list for a facility that has more to correct than the registry answers a clerk on one
/// day.
/// </summary>
public sealed class OpenCleaningList(ITransactions<ICleaningTransaction> store, RegistryBudget budget)
{
    /// <summary>Asked while one is open: that one.</summary>
    /// <param name="days">How long it stays open; null: as long as the policy allows.</param>
    public Task<Result<CleaningList>> RunAsync(
        WorklistScope scope, string facility, long? days, Act act, CancellationToken cancel) =>
        store.DecideAsync<Result<CleaningList>>(
            async rows =>
            {
                if (await rows.CountWaitingAsync(scope, facility) is not { } waiting)
                {
                    return new Rejection(RejectionKind.NotFound, "this facility is not known here");
                }
                if (await rows.FindOpenAsync(facility, act.At) is { } open)
                {
                    return open;
                }
                if (waiting == 0)
                {
                    return new Rejection(RejectionKind.Conflict, "nothing of this facility waits for a correction");
                }
                var list = await rows.AddAsync(
                    facility, waiting,
                    act.At.AddDays(Math.Min(days ?? budget.CleaningListDays, budget.CleaningListDays)), act);
                await rows.AuditAsync(act, $"cleaning-list-opened {facility}", list.Id);
                return list;
            },
            cancel);
}
