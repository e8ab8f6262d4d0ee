using Issuer.Core.Pki;

namespace Issuer.Core.Certificates;

/// <summary>Which DSC signs, for all certificates of one moment: chosen once for each owner.</summary>
public sealed class DscChoices(PreparationContext context)
{
    readonly Dictionary<string, Result<Choice>> byOwner = [];

    /// <summary>The DSC and the end of every certificate it signs at that moment.</summary>
    public sealed record Choice(SigningDsc Dsc, DateTimeOffset ExpiresAt);

    /// <summary>
    /// No DSC is chosen that ends before the certificate would, unless two people allowed shortened ones.
    /// </summary>
    public Result<Choice> For(Entitlement entitlement)
    {
        var owner = context.Signing.OwnerFor(entitlement.LastDose.Facility);
        if (!byOwner.TryGetValue(owner ?? "", out var choice))
        {
            byOwner[owner ?? ""] = choice = Choose(owner);
        }
        return choice;
    }

    SigningDsc Signing(OwnDsc own) => context.Dscs.First(d => ReferenceEquals(d.Own, own));

    Result<Choice> Choose(string? owner)
    {
        var expiresAt = context.Validity.ExpiryOf(context.Now);
        OwnDsc[] dscs = [.. context.Dscs.Select(d => d.Own)];
        var choice = ChooseDsc.For(dscs, owner, context.Now, expiresAt);
        if (!choice.IsRefused(out var why, out var chosen))
        {
            return new Choice(Signing(chosen.Dsc), expiresAt);
        }
        return context.AllowsShortened && ChooseDsc.Longest(dscs, owner, context.Now) is { } longest
            ? new Choice(Signing(longest), longest.NotAfter)
            : why;
    }
}
