namespace Issuer.Core.Holds;

/// <summary>A stretch of a facility's work that is to be held.</summary>
/// <param name="Clerk">Whose entries, folded; null: all of the facility's.</param>
/// <param name="From">The first day of signing; the last is the day that was looked at.</param>
public sealed record Suspicion(string? Clerk, DateOnly From, IReadOnlyList<HoldCause> Causes);

/// <summary>Which of a facility's work of today looks unlike honest work. Pure.</summary>
/// <remarks>
/// Each clerk is looked at first, then what the others did together: a stolen login is found in a large facility, and
/// the honest ones beside it go on.
/// </remarks>
public static class FindCauses
{
    /// <param name="days">Of this facility, from <see cref="FirstDay"/> on.</param>
    public static IReadOnlyList<Suspicion> Of(
        WatchedFacility facility, IReadOnlyList<FacilityDay> days, DateOnly today, HoldPolicy policy)
    {
        var clerks = days.Where(d => d.Day == today && !d.IsEnded).Select(d => d.Clerk).Distinct().Order().ToList();
        var byClerk = days.ToLookup(d => d.Clerk);
        var found = new List<Suspicion>();
        foreach (var clerk in byClerk.Count == 1 ? [] : clerks)
        {
            // A service account enters what all of them give.
            var one = facility.CapacityBy(policy) is var all && policy.IsServiceAccount(clerk)
                ? all
                : all with { Staff = 1 };
            if (Shortest(clerk, [.. byClerk[clerk]], days, one, today, policy) is { } suspicion)
            {
                found.Add(suspicion);
            }
        }
        var others = days.Where(d => found.TrueForAll(s => s.Clerk != d.Clerk)).ToList();
        return Shortest(null, others, days, facility.CapacityBy(policy), today, policy) is { } whole
            ? [.. found, whole]
            : found;
    }

    /// <summary>The first day that matters: the past of the longest window.</summary>
    public static DateOnly FirstDay(DateOnly today, HoldPolicy policy) =>
        today.AddDays(1 - policy.LongestWindow - policy.PastDays);

    /// <summary>Null: nothing is to be held.</summary>
    static Suspicion? Shortest(
        string? clerk, List<FacilityDay> own, IReadOnlyList<FacilityDay> all, Capacity capacity, DateOnly today,
        HoldPolicy policy)
    {
        if (!own.Exists(d => d.Day == today && !d.IsEnded))
        {
            return null;
        }
        foreach (var window in policy.Windows)
        {
            var from = today.AddDays(1 - window.Days);
            var causes = CausesOf(
                new Stretch(own, from, policy), new Stretch(all, from, policy), window, capacity, clerk is null,
                policy);
            if (HoldCauses.MakeHold(causes))
            {
                return new Suspicion(clerk, from, causes);
            }
        }
        return null;
    }

    static List<HoldCause> CausesOf(
        Stretch own, Stretch all, HoldWindow window, Capacity capacity, bool isWhole, HoldPolicy policy)
    {
        var (now, past) = (own.Now, all.Past);
        var causes = new List<HoldCause>();
        Add(HoldCause.Volume, IsVolume(own, window, capacity, policy));
        Add(HoldCause.Boosters, IsMany(now.Boosters, now.Doses, past.Boosters, past.Doses, policy.Boosters));
        Add(HoldCause.Exempt, IsMany(now.Exempt, now.Doses, past.Exempt, past.Doses, policy.Exempt));
        Add(HoldCause.Late, IsMany(now.Late, now.Unannounced, past.Late, past.Unannounced, policy.Late));
        Add(HoldCause.Far, IsMany(now.Far, now.Identified, past.Far, past.Identified, policy.Far));
        Add(HoldCause.Night, IsMany(now.Night, now.Doses, past.Night, past.Doses, policy.Night));
        // Of one clerk, a day is a shift with one signatory.
        Add(HoldCause.Together, (isWhole || own.ActiveDays >= policy.Together.LeastDays)
            && IsTogether(own, all, policy.Together));
        return causes;

        void Add(HoldCause cause, bool holds)
        {
            if (holds)
            {
                causes.Add(cause);
            }
        }
    }

    /// <summary>More than can be given, or much more than before where there is a before.</summary>
    static bool IsVolume(Stretch own, HoldWindow window, Capacity capacity, HoldPolicy policy)
    {
        var doses = own.Now.Unannounced;
        if (doses < window.LeastDoses)
        {
            return false;
        }
        var possible = (long)capacity.Staff * capacity.Hours * policy.DosesPerHour * window.Days;
        return own.Expected(window.Days) is { } expected
            ? doses * 100 > expected * window.PercentOfPast
            : doses > possible;
    }

    static bool IsMany(long some, long of, long pastSome, long pastOf, ShareLimit limit) =>
        some >= limit.Least && some * 100 >= of * limit.Percent
        && (pastOf < limit.Least || some * pastOf * 100 - pastSome * of * 100 >= limit.Rise * of * pastOf);

    /// <summary>Nearly everything by one pair, where the past shows others; without a past nobody can tell.</summary>
    static bool IsTogether(Stretch own, Stretch all, TogetherLimit limit)
    {
        var (pair, of) = own.LargestPair(now: true);
        if (pair < limit.Least || pair * 100 < of * limit.Percent)
        {
            return false;
        }
        var before = own.LargestPair(now: false) is var past && past.Of >= limit.Least
            ? past
            : all.LargestPair(now: false);
        return before.Of >= limit.Least && before.Pair * 100 <= before.Of * limit.PastPercent;
    }

    /// <summary>A window of some rows, and the past before it.</summary>
    sealed class Stretch
    {
        readonly List<FacilityDay> inside;
        readonly List<FacilityDay> before;
        readonly DateOnly from;
        readonly HoldPolicy policy;

        public Stretch(IReadOnlyList<FacilityDay> rows, DateOnly from, HoldPolicy policy)
        {
            inside = [.. rows.Where(d => d.Day >= from && !d.IsEnded)];
            before = [.. rows.Where(d => d.Day < from && d.Day >= from.AddDays(-policy.PastDays))];
            this.from = from;
            this.policy = policy;
            (Now, Past) = (Tally.Sum(inside), Tally.Sum(before));
        }

        public Tally Now { get; }

        public Tally Past { get; }

        public int ActiveDays => inside.Select(d => d.Day).Distinct().Count();

        /// <summary>
        /// What so many days bring, going by the past: of one day what a day in use brought. Null: there is no past.
        /// </summary>
        public long? Expected(int days)
        {
            var active = before.Select(d => d.Day).Distinct().Count();
            if (active < policy.LeastActiveDays)
            {
                return null;
            }
            var spread = days == 1 ? active : from.DayNumber - before.Min(d => d.Day).DayNumber;
            return (Past.Doses * days + spread - 1) / spread;
        }

        public (long Pair, long Of) LargestPair(bool now)
        {
            var pairs = (now ? inside : before).Where(d => !policy.IsServiceAccount(d.Clerk))
                .GroupBy(d => (d.Clerk, d.Signatory)).Select(pair => pair.Sum(d => d.Tally.Doses)).ToList();
            return (pairs.DefaultIfEmpty().Max(), (now ? Now : Past).Doses);
        }
    }
}
