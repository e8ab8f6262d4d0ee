namespace Issuer.Core.Holds;

/// <summary>That a number is a person's: what a record says, and what the registry would answer to. Digests.</summary>
/// <param name="Number">The same at every facility.</param>
/// <param name="Person">Of name, birth date and sex, at one facility.</param>
public readonly record struct Claim(long Number, long Person);

/// <summary>A record that is entered or corrected.</summary>
/// <param name="Claims">None: the registry is not asked. More than one: its number can be meant in several ways.</param>
/// <param name="OnlySuggests">
/// What it is needs no answer; whether another number is suggested does, and waits by itself.
/// </param>
public sealed record ClaimingRecord(IReadOnlyList<Claim> Claims, string Facility, Act Act, bool OnlySuggests = false);

/// <param name="From">Until then the registry is not asked, whatever it would answer; null: it is asked now.</param>
/// <param name="IsAlarming">Its number has been claimed at so many facilities that somebody should look.</param>
public sealed record ClaimAnswer(DateTimeOffset? From, bool IsAlarming);

/// <summary>
/// How many guesses the registry answers (design.md 4.20). The first claim for a number, and the first for a person, at
/// a facility is not counted; every further one is, whether records are corrected or entered anew. What is beyond a
/// budget waits its turn: it is not even matched, so that nothing anywhere can depend on the answer. Another
/// facility's claims never make one wait; they only alarm.
/// </summary>
public sealed class CheckClaims(RegistryBudget budget, TimeSpan utcOffset)
{
    /// <summary>Whoever guesses a million times waits as good as for ever.</summary>
    const long FurthestDays = 36_500;

    /// <summary>Makes the claims of these records, in their transaction.</summary>
    /// <returns>One answer a record, in order.</returns>
    public async Task<IReadOnlyList<ClaimAnswer>> EnterAsync(IClaimRows rows, IReadOnlyList<ClaimingRecord> records)
    {
        var claiming = records.Where(record => record.Claims.Count > 0).ToList();
        if (claiming.Count == 0)
        {
            return [.. records.Select(_ => new ClaimAnswer(null, false))];
        }
        var made = new ClaimsMade(budget, await rows.MadeAsync(
            [.. claiming.SelectMany(record => record.Claims).Distinct()],
            [.. claiming.Select(record => record.Facility).Distinct()]));
        var added = claiming.SelectMany(made.Place).ToList();
        var late = await LateAsync(rows, added);
        var answered = added.ConvertAll(claim => made.Answer(claim, late.GetValueOrDefault(claim, claim.Act.At)));
        await rows.AddAsync(answered);
        var alarming = await AlarmingAsync(rows, answered);
        return [.. records.Select(record => new ClaimAnswer(
            made.AnswerFrom(record),
            answered.Exists(claim => ReferenceEquals(claim.Placed.Record, record)
                && alarming.Contains(claim.Placed.Claim.Number))))];
    }

    /// <summary>When a caller's claims are answered that are beyond their budget of the day.</summary>
    async Task<IReadOnlyDictionary<PlacedClaim, DateTimeOffset>> LateAsync(
        IClaimRows rows, IEnumerable<PlacedClaim> added)
    {
        var late = new Dictionary<PlacedClaim, DateTimeOffset>(ReferenceEqualityComparer.Instance);
        // Always in one order, or two who count for the same callers would wait for each other.
        foreach (var same in added.Where(claim => claim.IsCounted)
            .GroupBy(claim => (
                Caller: Subjects.Folded(claim.Act.Actor), claim.Record.Facility,
                Day: DailyLimit.DayOf(claim.Act.At, utcOffset)))
            .OrderBy(same => same.Key.Caller, StringComparer.Ordinal)
            .ThenBy(same => same.Key.Facility, StringComparer.Ordinal))
        {
            var (caller, facility, day) = same.Key;
            var claims = same.ToList();
            var before = await rows.CountAsync(caller, day, claims.Count, budget.PerCallerAndDay) - claims.Count;
            var within = (int)Math.Clamp(budget.PerCallerAndDay - before, 0, claims.Count);
            var drawn = within == claims.Count
                ? 0
                : (int)await rows.DrawAsync(facility, claims.Count - within, claims[^1].Act.At);
            if (drawn > 0)
            {
                await rows.CountAsync(caller, day, -drawn, budget.PerCallerAndDay);
            }
            foreach (var (n, claim) in claims.Skip(within + drawn).Index())
            {
                late.Add(claim, DayAfter(day, (before + within + n) / budget.PerCallerAndDay));
            }
        }
        return late;
    }

    async Task<IReadOnlySet<long>> AlarmingAsync(IClaimRows rows, IReadOnlyList<AnsweredClaim> added)
    {
        var firsts = added.Where(claim => claim.Placed.NumberPlace == 1).ToList();
        return firsts.Count == 0
            ? new HashSet<long>()
            : await rows.ClaimedAtAsync(
                [.. firsts.Select(claim => claim.Placed.Claim.Number).Distinct()], budget.AlarmAtFacilities,
                firsts.Max(claim => claim.Placed.Act.At).AddDays(-budget.Days));
    }

    DateTimeOffset DayAfter(DateOnly day, long days) =>
        new DateTimeOffset(day.AddDays((int)Math.Min(days, FurthestDays)), TimeOnly.MinValue, utcOffset)
            .ToUniversalTime();
}
