namespace Issuer.Core.Identity;

/// <summary>
/// How many of its records a facility may claim to be foreigners', whom no registry can confirm, before a second
/// person looks: the ministry's policy.
/// </summary>
/// <param name="Least">However small the facility.</param>
/// <param name="Percent">Of all its records.</param>
public sealed record ExemptCap(long Least, long Percent)
{
    public static ExemptCap Default { get; } = new(20, 5);

    public long Of(long records) => Math.Max(Least, records * Percent / 100);

    /// <summary>The youngest of the newly claimed records that are too many, to be held.</summary>
    /// <param name="exempt">Records of the facility that are exempt now, these among them.</param>
    /// <param name="raised">What two people raised the cap to; null: it is this policy's.</param>
    /// <param name="records">Of the facility.</param>
    public IEnumerable<long> TooMany(IEnumerable<long> claimed, long exempt, long? raised, long records)
    {
        var ids = claimed.Order().ToList();
        return ids.TakeLast((int)Math.Clamp(exempt - (raised ?? Of(records)), 0, ids.Count));
    }
}
