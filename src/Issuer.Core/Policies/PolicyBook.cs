namespace Issuer.Core.Policies;

/// <summary>Every version of every policy as of one look at the store, and which of them holds when: pure.</summary>
/// <param name="stored">In any order.</param>
public sealed class PolicyBook(IEnumerable<PolicyVersion> stored)
{
    /// <summary>Vietnam has no daylight saving time; a policy cannot move the midnight it begins at.</summary>
    static readonly TimeSpan UtcOffset = TimeSpan.FromHours(7);

    readonly ILookup<PolicyKind, PolicyVersion> stored = stored.ToLookup(version => version.Document.Kind);

    /// <summary>By number. Version 0 is what was found, or else what is shipped.</summary>
    public IReadOnlyList<PolicyVersion> VersionsOf(PolicyKind kind)
    {
        var versions = stored[kind].OrderBy(version => version.Version).ToList();
        return versions is [{ Version: 0 }, ..]
            ? versions
            : [new PolicyVersion(kind.Shipped, 0, PolicyOrigin.Shipped), .. versions];
    }

    /// <summary>The one that began last; of two that began on one day the later version.</summary>
    public PolicyVersion HoldingOn(PolicyKind kind, DateOnly day) => VersionsOf(kind)
        .Where(version => version.Document.ValidFrom <= day)
        .MaxBy(version => (version.Document.ValidFrom, version.Version))
        ?? throw new InvalidOperationException($"No {kind.Name} policy is in force on {day:yyyy-MM-dd}.");

    public PoliciesInForce At(DateTimeOffset now)
    {
        var day = DayOf(now);
        return new PoliciesInForce(
            Of(PolicyKinds.Certification) with { Plausibility = Of(PolicyKinds.Plausibility) },
            Of(PolicyKinds.Validity), Of(PolicyKinds.Signing), Of(PolicyKinds.Feedback), Of(PolicyKinds.Publication),
            Of(PolicyKinds.Gateway), Of(PolicyKinds.ExemptCap), Of(PolicyKinds.Budgets),
            Of(PolicyKinds.Stock), Of(PolicyKinds.Holds));

        T Of<T>(PolicyKind<T> kind)
            where T : class => HoldingOn(kind, day).Document.Of(kind);
    }

    /// <summary>The day on which policies begin: Vietnam's.</summary>
    public static DateOnly DayOf(DateTimeOffset now) => DateOnly.FromDateTime(now.ToOffset(UtcOffset).Date);
}
