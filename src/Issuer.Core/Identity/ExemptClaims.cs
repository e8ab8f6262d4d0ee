namespace Issuer.Core.Identity;

/// <summary>An exempt record and the day on which it was entered.</summary>
/// <param name="Day">Days since 1970 in Vietnam.</param>
public sealed record ExemptRow(string Facility, long Id, long Day);

/// <summary>One day at one facility.</summary>
/// <param name="Entered">Exempt rows entered, held, withdrawn and corrected ones too.</param>
/// <param name="IsStopped">The country was over its ceiling, and this facility grew among the fastest.</param>
public sealed record ExemptDay(long Entered, bool IsStopped);

/// <summary>A facility's exempt records, and what limits them. Pure.</summary>
/// <param name="Good">Its records that are matched or exempt, attested and not held: what the share is taken of.</param>
/// <param name="Free">Its exempt ones that are not held, newly claimed ones among them.</param>
/// <param name="Raised">What two people raised the cap to; null: it is the policy's.</param>
/// <param name="Days">Those of the rows that are asked about.</param>
public sealed record ExemptClaims(
    long Good, long Free, long? Raised, ExemptCap Policy, IReadOnlyDictionary<long, ExemptDay> Days)
{
    long Room => (Raised ?? Policy.Of(Good)) - Free;

    /// <summary>Of newly claimed ones, none of them held yet, those that are too many: the youngest.</summary>
    public IReadOnlyList<long> TooManyOf(IReadOnlyCollection<ExemptRow> claimed)
    {
        var beyond = BeyondCeilings(claimed);
        var others = claimed.Select(row => row.Id).Except(beyond).Order().ToList();
        return [.. beyond, .. others.TakeLast((int)Math.Clamp(-(Room + beyond.Count), 0, others.Count))];
    }

    /// <summary>Of those that are held, the oldest that there is room for now.</summary>
    public IReadOnlyList<long> RoomFor(IReadOnlyCollection<ExemptRow> held)
    {
        var others = held.Select(row => row.Id).Except(BeyondCeilings(held)).Order().ToList();
        return [.. others.Take((int)Math.Clamp(Room, 0, others.Count))];
    }

    HashSet<long> BeyondCeilings(IReadOnlyCollection<ExemptRow> rows) =>
    [
        .. rows.GroupBy(row => row.Day).SelectMany(day => Days.GetValueOrDefault(day.Key) switch
        {
            { IsStopped: true } => day.Select(row => row.Id),
            { Entered: var entered } => day.Select(row => row.Id).Order().TakeLast(
                (int)Math.Clamp(entered - Policy.Ceilings.PerFacilityAndDay, 0, day.Count())),
            null => [],
        }),
    ];
}
