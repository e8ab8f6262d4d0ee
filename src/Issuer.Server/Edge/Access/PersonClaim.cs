using System.Security.Claims;

namespace Issuer.Server.Edge.Access;

/// <summary>
/// Who somebody is, whichever of their logins they use: where the identity provider has a claim for the person, it
/// takes the place of <c>sub</c>. Whoever acts in an office and has none is refused: four eyes would see one person as
/// two.
/// </summary>
static class PersonClaim
{
    public const string Missing = "the token does not say which person it belongs to";

    static readonly string[] OfThePublic = [Roles.Citizen, Roles.App];

    /// <param name="claim">Null: the provider has none, and <c>sub</c> is the person.</param>
    /// <returns>False: it has one, and this token lacks it.</returns>
    public static bool TryApply(ClaimsIdentity identity, string? claim)
    {
        if (claim is null || identity.FindAll(ClaimNames.Roles).All(role => OfThePublic.Contains(role.Value)))
        {
            return true;
        }
        if (identity.FindFirst(claim)?.Value is not { Length: > 0 } person)
        {
            return false;
        }
        foreach (var subject in identity.FindAll(ClaimNames.Subject).ToList())
        {
            identity.RemoveClaim(subject);
        }
        identity.AddClaim(new Claim(ClaimNames.Subject, person));
        return true;
    }
}
