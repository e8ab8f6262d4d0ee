using Issuer.Core.Holds;

namespace Issuer.Core.Facilities;

/// <summary>A dose with its signature.</summary>
public sealed record SignedThen(SignedDose Dose, string Signatory, DateTimeOffset SignedAt);

/// <summary>What a policy would have held of a day's signatures.</summary>
/// <param name="IsOfOneClerk">Not of the whole facility.</param>
public sealed record WouldHold(
    string Facility, DateOnly Day, bool IsOfOneClerk, IReadOnlyList<HoldCause> Causes, long Doses);

/// <summary>
/// What a policy would have held of a facility's history, looking at the end of each day: pure. Nothing that was held
/// or cleared then changes what is looked at.
/// </summary>
/// <param name="utcOffset">Vietnam's.</param>
public sealed class DryRunHolds(HoldPolicy policy, TimeSpan utcOffset)
{
    /// <param name="backlogs">With all that they announced.</param>
    public IReadOnlyList<WouldHold> Of(
        WatchedFacility facility, IReadOnlyCollection<SignedThen> doses, IReadOnlyList<AnnouncedBacklog> backlogs)
    {
        var found = new List<WouldHold>();
        var seen = new List<FacilityDay>();
        var left = backlogs;
        foreach (var day in doses.GroupBy(one => DailyLimit.DayOf(one.SignedAt, utcOffset)).OrderBy(day => day.Key))
        {
            var (counted, rest) = Count(facility, day, left);
            left = rest;
            seen.RemoveAll(one => one.Day < FindCauses.FirstDay(day.Key, policy));
            seen.AddRange(counted);
            var causes = FindCauses.Of(facility, seen, day.Key, policy);
            found.AddRange(causes.Select(suspicion => new WouldHold(
                facility.Code, day.Key, suspicion.Clerk is not null, suspicion.Causes,
                counted.Where(one => suspicion.Clerk is null
                    ? causes.All(other => other.Clerk != one.Clerk)
                    : suspicion.Clerk == one.Clerk).Sum(one => one.Tally.Doses))));
        }
        return found;
    }

    (List<FacilityDay> Days, IReadOnlyList<AnnouncedBacklog> Left) Count(
        WatchedFacility facility, IEnumerable<SignedThen> day, IReadOnlyList<AnnouncedBacklog> left)
    {
        var facilities = new Dictionary<string, WatchedFacility> { [facility.Code] = facility };
        var counted = new List<FacilityDay>();
        foreach (var act in day.GroupBy(one => new Act(one.Signatory, one.SignedAt)))
        {
            var (days, taken) = new CountSigned(policy, utcOffset, act.Key)
                .Of(act.Select(one => one.Dose), facilities, left);
            counted.AddRange(days);
            left = [.. left.Select(b => b with { Left = b.Left - taken.GetValueOrDefault(b.Id) })];
        }
        return (counted, left);
    }
}
