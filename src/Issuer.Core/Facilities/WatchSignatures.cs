using Issuer.Core.Holds;
using Issuer.Core.Policies;

namespace Issuer.Core.Facilities;

/// <summary>What <see cref="WatchSignatures"/> reads and writes, with the signatures, in one transaction.</summary>
public interface IWatchRows
{
    Task<PolicyBook> PoliciesAsync();

    Task<IReadOnlyList<SignedDose>> SignedAsync(IReadOnlyCollection<long> records);

    Task<IReadOnlyList<WatchedFacility>> FacilitiesAsync(IReadOnlyCollection<string> facilities);

    /// <summary>Those that have not come to their end, by number.</summary>
    Task<IReadOnlyList<AnnouncedBacklog>> BacklogsAsync(IReadOnlyCollection<string> facilities);

    Task TakeAsync(IReadOnlyDictionary<long, long> taken);

    /// <summary>Adds to what is counted already.</summary>
    Task CountAsync(IReadOnlyList<FacilityDay> days);

    /// <summary>From that day on, with what was added.</summary>
    Task<IReadOnlyList<FacilityDay>> DaysAsync(IReadOnlyCollection<string> facilities, DateOnly from);

    /// <summary>Those that nobody has ended yet.</summary>
    Task<IReadOnlyList<Hold>> OpenAsync(IReadOnlyCollection<string> facilities);

    /// <returns>Its number.</returns>
    Task<long> AddAsync(Hold hold, Act act);

    /// <summary>More causes are found, or an earlier beginning.</summary>
    Task WidenAsync(Hold hold);

    /// <summary>
    /// Puts what the facility signed since the hold begins, and the hold covers, under it. What a certificate relies
    /// on already is noted, and not held.
    /// </summary>
    Task PutUnderAsync(Hold hold, Act act);

    /// <summary>The same with those of these records that the hold covers.</summary>
    Task PutUnderAsync(Hold hold, IReadOnlyCollection<long> records, Act act);
}

/// <summary>
/// Looks at a facility's work with every signature, before anything is certified on it: in the same transaction, so
/// that nothing slips between the look and the signature.
/// </summary>
public static class WatchSignatures
{
    public static async Task LookAsync(IWatchRows rows, IReadOnlyCollection<long> records, Act act)
    {
        if (records.Count == 0)
        {
            return;
        }
        var policies = (await rows.PoliciesAsync()).At(act.At);
        var count = new CountSigned(policies.Holds, policies.Validity.UtcOffset, act);
        var doses = await rows.SignedAsync(records);
        var codes = doses.Select(dose => dose.Facility).Distinct().Order().ToList();
        var facilities = (await rows.FacilitiesAsync(codes)).ToDictionary(f => f.Code);
        var (added, taken) = count.Of(doses, facilities, await rows.BacklogsAsync(codes));
        await rows.TakeAsync(taken);
        await rows.CountAsync(added);
        var days = (await rows.DaysAsync(codes, FindCauses.FirstDay(count.Today, policies.Holds)))
            .ToLookup(day => day.Facility);
        var found = codes.SelectMany(code => FindCauses
            .Of(facilities[code], [.. days[code]], count.Today, policies.Holds)
            .Select(suspicion => (Facility: facilities[code], Suspicion: suspicion))).ToList();
        if (found.Count == 0)
        {
            return;
        }
        var open = (await rows.OpenAsync([.. found.Select(one => one.Facility.Code).Distinct()]))
            .ToLookup(hold => hold.Facility);
        foreach (var (facility, suspicion) in found)
        {
            var covering = open[facility.Code].FirstOrDefault(
                hold => hold.Clerk is null || hold.Clerk == suspicion.Clerk);
            var from = new DateTimeOffset(suspicion.From, TimeOnly.MinValue, count.UtcOffset);
            if (covering is null)
            {
                var hold = new Hold(
                    0, facility.Code, facility.Province, suspicion.Clerk, suspicion.Causes, from, act.At,
                    policies.Feedback.Calendar.EndOfTerm(policies.Holds.WorkingDays, act.At, count.UtcOffset),
                    HoldState.Open, null);
                await rows.PutUnderAsync(hold with { Id = await rows.AddAsync(hold, act) }, act);
                continue;
            }
            await FollowAsync(rows, covering, suspicion, from, records, act);
        }
    }

    /// <summary>It is held already: what came since follows, and what more is found is told.</summary>
    static async Task FollowAsync(
        IWatchRows rows, Hold hold, Suspicion suspicion, DateTimeOffset from, IReadOnlyCollection<long> records,
        Act act)
    {
        var wider = hold with
        {
            Causes = [.. hold.Causes.Union(suspicion.Causes).Order()],
            From = from < hold.From ? from : hold.From,
        };
        if (wider.From < hold.From || wider.Causes.Count > hold.Causes.Count)
        {
            await rows.WidenAsync(wider);
        }
        if (wider.From < hold.From)
        {
            await rows.PutUnderAsync(wider, act);
            return;
        }
        await rows.PutUnderAsync(wider, records, act);
    }
}
