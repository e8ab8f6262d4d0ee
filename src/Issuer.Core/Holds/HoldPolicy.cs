namespace Issuer.Core.Holds;

/// <summary>
/// What at a facility looks unlike honest work, and how long somebody may take to look at it: data of the ministry, in
/// force from a day on.
/// </summary>
/// <param name="Windows">The stretches that are looked at, shortest first: a slow drip adds up.</param>
/// <param name="PastDays">How many days before a window a facility is compared with.</param>
/// <param name="LeastActiveDays">With fewer of these in use it has no past yet, and its capacity counts.</param>
/// <param name="DosesPerHour">What one of the staff gives in an hour.</param>
/// <param name="Capacities">By kind; others have <paramref name="OtherKinds"/>.</param>
public sealed record HoldPolicy(
    IReadOnlyList<HoldWindow> Windows, int PastDays, int LeastActiveDays, int DosesPerHour,
    IReadOnlyList<KindCapacity> Capacities, Capacity OtherKinds)
{
    /// <summary>A dose entered later than so many days after it was given is late.</summary>
    public required int LateAfterDays { get; init; }

    public required ShareLimit Late { get; init; }

    /// <summary>Of those whose number names a province of birth.</summary>
    public required ShareLimit Far { get; init; }

    /// <summary>Without an earlier dose on record.</summary>
    public required ShareLimit Boosters { get; init; }

    public required ShareLimit Exempt { get; init; }

    public required NightHours NightHours { get; init; }

    public required ShareLimit Night { get; init; }

    public required TogetherLimit Together { get; init; }

    /// <summary>Subjects that work by night and alone, since nobody sits there.</summary>
    public required IReadOnlyList<string> ServiceAccounts { get; init; }

    /// <summary>The province has so many to end a hold; then it is the ministry's.</summary>
    public required int WorkingDays { get; init; }

    public int LongestWindow => Windows.Max(window => window.Days);

    public bool IsServiceAccount(string subject) =>
        ServiceAccounts.Any(account => Subjects.AreOne(account, subject));
}

/// <summary>A stretch that ends today.</summary>
/// <param name="LeastDoses">With fewer there is no volume.</param>
/// <param name="PercentOfPast">More than this of what the past lets expect is volume.</param>
public sealed record HoldWindow(int Days, int LeastDoses, int PercentOfPast);

/// <summary>What a facility can give in a day.</summary>
public sealed record Capacity(int Staff, int Hours);

/// <summary>The same for a kind of facility; a facility that tells its own goes by that.</summary>
public sealed record KindCapacity(string Kind, int Staff, int Hours);

/// <summary>Many of a kind.</summary>
/// <param name="Least">Fewer are never many: three boosters in a village.</param>
/// <param name="Percent">Of the doses of the window.</param>
/// <param name="Rise">Percentage points over the facility's own past, where it has one.</param>
public sealed record ShareLimit(int Least, int Percent, int Rise);

/// <summary>In Vietnam; <paramref name="From"/> in the evening, <paramref name="To"/> in the morning.</summary>
public sealed record NightHours(int From, int To)
{
    public bool Has(DateTimeOffset at, TimeSpan utcOffset) =>
        at.ToOffset(utcOffset).Hour is var hour && (hour >= From || hour < To);
}

/// <summary>One clerk and one signatory for nearly everything, where others could be.</summary>
/// <param name="PastPercent">A facility whose past shows one pair above this has no others.</param>
/// <param name="LeastDays">Of one clerk alone, on so many days.</param>
public sealed record TogetherLimit(int Least, int Percent, int PastPercent, int LeastDays);
