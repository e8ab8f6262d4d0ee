using Issuer.Core.Pki;

namespace Issuer.Core.Certificates;

/// <summary>Which DSC signs, for all certificates of one moment: chosen once for each owner.</summary>
public sealed class DscChoices(PreparationContext context)
{
    readonly Dictionary<string, Result<SigningDsc>> byOwner = [];

    /// <summary>The end of every certificate issued at that moment; no DSC that ends before it is chosen.</summary>
    public DateTimeOffset ExpiresAt { get; } = context.Validity.ExpiryOf(context.Now);

    public Result<SigningDsc> For(Entitlement entitlement)
    {
        var owner = context.Signing.OwnerFor(entitlement.LastDose.Facility);
        if (!byOwner.TryGetValue(owner ?? "", out var choice))
        {
            byOwner[owner ?? ""] = choice = Choose(owner);
        }
        return choice;
    }

    Result<SigningDsc> Choose(string? owner)
    {
        var choice = ChooseDsc.For([.. context.Dscs.Select(d => d.Own)], owner, context.Now, ExpiresAt);
        return choice.Succeeded
            ? context.Dscs.First(d => ReferenceEquals(d.Own, choice.Value.Dsc))
            : new Rejection(RejectionKind.Unavailable, string.Join(" ", choice.Faults));
    }
}
