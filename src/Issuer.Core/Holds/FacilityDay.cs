namespace Issuer.Core.Holds;

/// <summary>
/// What one clerk entered and one signatory signed for at a facility on one day of signing, counted. Subjects are
/// folded.
/// </summary>
/// <param name="Day">Vietnam's, on which it was signed.</param>
/// <param name="IsEnded">Somebody has looked at it: no cause any more, but still the facility's past.</param>
public sealed record FacilityDay(
    string Facility, DateOnly Day, string Clerk, string Signatory, bool IsEnded, Tally Tally);

/// <summary>Signed doses by what is unusual about them.</summary>
/// <param name="Announced">Of an announced backlog: neither volume nor late.</param>
/// <param name="Identified">Their number names a province of birth, and the facility lies in one.</param>
/// <param name="Far">Of these, born in another province.</param>
/// <param name="Late">None of them announced.</param>
public readonly record struct Tally(
    long Doses, long Announced, long Identified, long Far, long Late, long Boosters, long Exempt, long Night)
{
    /// <summary>Those that count as volume.</summary>
    public long Unannounced => Doses - Announced;

    public static Tally operator +(Tally a, Tally b) => new(
        a.Doses + b.Doses, a.Announced + b.Announced, a.Identified + b.Identified, a.Far + b.Far, a.Late + b.Late,
        a.Boosters + b.Boosters, a.Exempt + b.Exempt, a.Night + b.Night);

    public static Tally Sum(IEnumerable<FacilityDay> days) =>
        days.Aggregate(default(Tally), (sum, day) => sum + day.Tally);
}

/// <summary>A facility as far as its work is judged by it.</summary>
/// <param name="Province">As registered; null: units of other ministries have none.</param>
/// <param name="Staff">Null: the policy's for its kind; hours likewise.</param>
public sealed record WatchedFacility(string Code, string Kind, string? Province, long? Staff, long? Hours)
{
    public Capacity CapacityBy(HoldPolicy policy)
    {
        var ofKind = policy.Capacities.FirstOrDefault(c => c.Kind == Kind) is { } found
            ? new Capacity(found.Staff, found.Hours)
            : policy.OtherKinds;
        return new Capacity((int)(Staff ?? ofKind.Staff), (int)(Hours ?? ofKind.Hours));
    }
}
