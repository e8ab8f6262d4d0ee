using Issuer.Core.Holds;
using Issuer.Core.Identity;
using Issuer.Core.Records;

namespace Issuer.Core.Certificates;

/// <summary>More codes at a facility's counters than the policy lets everybody have, for a while.</summary>
/// <param name="Until">The last day, in Vietnam.</param>
/// <param name="Reason">For the auditor; no personal data.</param>
public sealed record HandOutAllowance(string Facility, long PerClerkAndDay, DateOnly Until, string Reason);

/// <summary>Allowances, as the decision reads and writes them.</summary>
public interface IHandOutAllowanceTransaction : IAuditRows
{
    /// <summary>The province of a facility; not found: there is no such facility.</summary>
    Task<(bool IsFound, string? Province)> ProvinceOfAsync(string facility);

    /// <summary>It takes the place of the facility's last one.</summary>
    /// <param name="end">From when on the policy's number counts again.</param>
    Task AllowAsync(HandOutAllowance allowance, DateTimeOffset end, Act act);
}

/// <summary>
/// The province's yes to more codes at the counters of a facility of its own; the ministry's for any, since some have
/// no province. Never more, and never for longer, than the policy lets them say.
/// </summary>
public sealed class AllowHandOuts(
    ITransactions<IHandOutAllowanceTransaction> store, HandOutBudget budget, TimeSpan utcOffset)
{
    /// <param name="province">Of whoever says yes; null: the ministry.</param>
    /// <returns>Null: it is in force.</returns>
    public Task<Rejection?> RunAsync(
        HandOutAllowance allowance, string? province, Act act, CancellationToken cancel) =>
        store.DecideAsync(
            async rows =>
            {
                var (isFound, facilitys) = await rows.ProvinceOfAsync(allowance.Facility);
                var today = DailyLimit.DayOf(act.At, utcOffset);
                if ((isFound && IsTheirs(facilitys, province) ? Refuse(allowance, budget, today) : NoFacility)
                    is { } refused)
                {
                    return refused;
                }
                var end = new DateTimeOffset(allowance.Until.AddDays(1).ToDateTime(TimeOnly.MinValue), utcOffset);
                await rows.AllowAsync(allowance, end, act);
                await rows.AuditAsync(act, FormattableString.Invariant(
                    $"hand-outs-allowed {allowance.Facility} {allowance.PerClerkAndDay} {allowance.Until:yyyy-MM-dd}"));
                return null;
            },
            cancel);

    /// <summary>Null: number and days are within what the policy lets a province say.</summary>
    public static Rejection? Refuse(HandOutAllowance allowance, HandOutBudget budget, DateOnly today)
    {
        var faults = new List<Fault>();
        if (allowance.PerClerkAndDay < budget.PerClerkAndDay || allowance.PerClerkAndDay > budget.MostPerClerkAndDay)
        {
            faults.Add(new Fault(
                "per_clerk_and_day", RequestFaultCode.OutOfRange,
                Expected.Between(budget.PerClerkAndDay, budget.MostPerClerkAndDay)));
        }
        var last = today.AddDays(budget.LongestAllowance);
        if (allowance.Until < today || allowance.Until > last)
        {
            faults.Add(new Fault("until", RequestFaultCode.OutOfRange, Expected.Days(today, last)));
        }
        return faults.Count == 0
            ? null
            : new Rejection(RejectionKind.Invalid, "the policy does not let anybody allow that", faults);
    }

    static bool IsTheirs(string? facilitys, string? province) => province is null
        || (facilitys is not null && Provinces.Today(facilitys) == Provinces.Today(province));

    static Rejection NoFacility { get; } =
        new(RejectionKind.NotFound, "there is no such facility that is yours to allow this");
}
