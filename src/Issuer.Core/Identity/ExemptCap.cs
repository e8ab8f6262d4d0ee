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
}
