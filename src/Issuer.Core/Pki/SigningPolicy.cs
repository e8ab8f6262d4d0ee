using System.Collections.Immutable;

namespace Issuer.Core.Pki;

/// <summary>
/// The ministry's policy: under whose DSC a certificate goes. The ministry's, unless the attesting facility is listed
/// here; a listed facility without a usable DSC stops its own certificates, it does not fall back.
/// </summary>
public sealed record SigningPolicy
{
    /// <summary>Everything under the ministry's DSC.</summary>
    public static SigningPolicy Default { get; } = new();

    /// <summary>Codes of the facilities whose certificates go under a DSC of their own.</summary>
    public ImmutableHashSet<string> FacilitiesWithOwnDsc { get; init; } = [];

    /// <summary>The facility whose DSC signs what <paramref name="facility"/> attested; null: the ministry's.</summary>
    public string? OwnerFor(string facility) => FacilitiesWithOwnDsc.Contains(facility) ? facility : null;
}
