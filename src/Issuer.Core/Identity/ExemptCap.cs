using Issuer.Core.Holds;

namespace Issuer.Core.Identity;

/// <summary>
/// How many of its records a facility may claim to be foreigners', whom no registry can confirm, before a second
/// person looks: the ministry's policy.
/// </summary>
/// <param name="Least">However small the facility.</param>
/// <param name="Percent">Of its records that are matched or exempt, attested and not held.</param>
public sealed record ExemptCap(long Least, long Percent)
{
    public static ExemptCap Default { get; } = new(20, 5);

    public ExemptCeilings Ceilings { get; init; } = new(200, 20_000, new GrowthRule(Days: 1, Steady: 20));

    public long Of(long records) => Math.Max(Least, records * Percent / 100);
}

/// <summary>Exempt rows that are entered, whatever became of them.</summary>
/// <param name="PerCountryAndDay">Beyond it the facilities are stopped whose exempt rows grew fastest.</param>
public sealed record ExemptCeilings(long PerFacilityAndDay, long PerCountryAndDay, GrowthRule Growth);
