namespace Issuer.Core.Pki;

/// <summary>The DSC to sign with.</summary>
/// <param name="Dsc">It outlives the certificate.</param>
/// <param name="Remaining">For how long a DSC will still be found if none is added.</param>
public sealed record DscChoice(OwnDsc Dsc, TimeSpan Remaining)
{
    /// <summary>From 90 days on the ministry is warned: a ceremony and the gateway take weeks.</summary>
    public static readonly TimeSpan WarningTime = TimeSpan.FromDays(90);

    public bool RunsOut => Remaining <= WarningTime;
}

/// <summary>Step 6, its first part: which DSC signs a certificate that begins now and ends at exp.</summary>
public static class ChooseDsc
{
    /// <summary>
    /// Of the owner's DSCs that are valid now and at exp, the one that began last: a successor takes over as soon as
    /// it begins, and no key is used for longer than needed. Ties go to the smaller kid, so that every instance
    /// chooses the same.
    /// </summary>
    /// <param name="dscs">All of our DSCs, withdrawn ones too.</param>
    /// <param name="owner">Of <see cref="SigningPolicy.OwnerFor"/>; null: the ministry.</param>
    /// <param name="now">The certificate's iat.</param>
    /// <param name="exp">The certificate's exp: never shortened to fit a DSC.</param>
    public static Result<DscChoice> For(
        IReadOnlyCollection<OwnDsc> dscs, string? owner, DateTimeOffset now, DateTimeOffset exp)
    {
        var usable = dscs.Where(dsc => dsc.Facility == owner && !dsc.Withdrawn).ToList();
        var fitting = usable.Where(dsc => dsc.NotBefore <= now && dsc.NotAfter >= exp).ToList();
        if (fitting.Count == 0)
        {
            return WhyNone(usable, owner, exp);
        }
        var chosen = fitting
            .OrderByDescending(dsc => dsc.NotBefore)
            .ThenBy(dsc => dsc.Kid.ToString(), StringComparer.Ordinal)
            .First();
        return new DscChoice(chosen, fitting.Max(dsc => dsc.NotAfter) - exp);
    }

    /// <summary>
    /// For certificates that may end with their DSC: the owner's valid one that ends last; null when none has a day
    /// left.
    /// </summary>
    public static OwnDsc? Longest(IReadOnlyCollection<OwnDsc> dscs, string? owner, DateTimeOffset now) => dscs
        .Where(dsc => dsc.Facility == owner && !dsc.Withdrawn && dsc.NotBefore <= now && dsc.NotAfter >= now.AddDays(1))
        .OrderByDescending(dsc => dsc.NotAfter)
        .ThenBy(dsc => dsc.Kid.ToString(), StringComparer.Ordinal)
        .FirstOrDefault();

    static Rejection WhyNone(List<OwnDsc> usable, string? owner, DateTimeOffset exp)
    {
        var whose = owner is null ? "The ministry" : $"Facility {owner}";
        return new Rejection(
            RejectionKind.Unavailable,
            usable.Count == 0 ? $"{whose} has no DSC."
            : usable.Exists(dsc => dsc.NotAfter >= exp) ? $"The DSC of {whose} has not begun yet."
            : FormattableString.Invariant($"{whose} has no DSC that outlives exp {exp.ToUniversalTime():u}."));
    }
}
