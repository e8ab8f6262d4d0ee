using System.Security.Claims;
using System.Text.Json;
using Issuer.Core;
using Issuer.Core.Approvals;
using Issuer.Core.Identity;
using Issuer.Core.Records;
using Issuer.Server.Features.Certificates;
using Issuer.Server.Hosting;

namespace Issuer.Server.Edge.Access;

/// <summary>What a token says about who calls. A token that lacks what its role needs is refused.</summary>
static class Caller
{
    /// <summary>
    /// Attesting, approving, revoking and keys need an authentication that is not older than this.
    /// </summary>
    public static readonly TimeSpan RecentAuthentication = TimeSpan.FromMinutes(15);

    const int MostDependants = 20;

    public static string SubjectOf(ClaimsPrincipal user) => Required(user, ClaimNames.Subject);

    public static Person PersonOf(ClaimsPrincipal user) =>
        new(SubjectOf(user), [.. user.FindAll(ClaimNames.Roles).Select(claim => claim.Value)])
        {
            Province = user.FindFirstValue(ClaimNames.Province),
            Facility = user.FindFirstValue(ClaimNames.Facility),
        };

    public static string FacilityOf(ClaimsPrincipal user) => Required(user, ClaimNames.Facility);

    public static string CommuneOf(ClaimsPrincipal user) => Required(user, ClaimNames.Commune);

    public static string ProvinceOf(ClaimsPrincipal user) => Required(user, ClaimNames.Province);

    /// <summary>
    /// The part of the country that somebody looks after. The narrowest of their roles decides, so that a second role
    /// never widens a first.
    /// </summary>
    public static WorklistScope AreaOf(ClaimsPrincipal user) =>
        user.IsInRole(Roles.FacilityClerk) || user.IsInRole(Roles.FacilitySignatory)
            ? new WorklistScope(Facility: FacilityOf(user))
        : user.IsInRole(Roles.Commune) ? new WorklistScope(Commune: CommuneOf(user))
        : user.IsInRole(Roles.Province) ? new WorklistScope(Provinces: Provinces.CodesOf(ProvinceOf(user)))
        : WorklistScope.Everywhere;

    /// <summary>
    /// The document its holder is found by: digits are a Vietnamese number, <c>KOR:M1</c> a passport.
    /// </summary>
    public static string DocumentOf(ClaimsPrincipal user)
    {
        var claim = Required(user, ClaimNames.IdentityNumber);
        return DocumentOf(claim)
            ?? throw Refusal($"the token's {ClaimNames.IdentityNumber} is neither a number nor COUNTRY:PASSPORT");
    }

    /// <summary>The holder's document, and those of the children that the token lists.</summary>
    public static Family FamilyOf(ClaimsPrincipal user) => new(DocumentOf(user), DependantsOf(user));

    /// <summary>Each a JSON object with type and number; one that cannot be read refuses the token.</summary>
    static List<string> DependantsOf(ClaimsPrincipal user)
    {
        var claims = user.FindAll(ClaimNames.Dependants).ToList();
        if (claims.Count > MostDependants)
        {
            throw Refusal($"the token lists more than {MostDependants} {ClaimNames.Dependants}");
        }
        return claims.ConvertAll(claim => DependantOf(claim.Value)
            ?? throw Refusal(
                $"the token's {ClaimNames.Dependants} must each have a type (CCCD, BIRTH or PASSPORT) and a number"));
    }

    static string? DependantOf(string json)
    {
        try
        {
            using var dependant = JsonDocument.Parse(json);
            var root = dependant.RootElement;
            var isNumber = TextOf(root, "type") is not "PASSPORT";
            return TextOf(root, "number") is { } number && DocumentOf(number) is { } document
                && TextOf(root, "type") is "CCCD" or "BIRTH" or "PASSPORT"
                && isNumber == IdentityNumbers.IsCccd(number)
                ? document
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    static string? TextOf(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    /// <summary>Null: neither a number nor COUNTRY:PASSPORT.</summary>
    public static string? DocumentOf(string claim)
    {
        if (IdentityNumbers.IsCccd(claim) || IdentityNumbers.IsCmnd(claim))
        {
            return DocumentKey.OfNumber(claim);
        }
        return claim.Split(':') is [{ Length: 3 } country, { Length: > 0 } number]
            ? DocumentKey.OfPassport(country, number)
            : null;
    }

    /// <summary>An app acts for somebody, and the token says which app (RFC 8693, section 4.1).</summary>
    public static bool IsHolderOrNamedApp(ClaimsPrincipal user) =>
        user.IsInRole(Roles.Citizen) || (user.IsInRole(Roles.App) && HasActor(user));

    public static void RequireRecentAuthentication(ClaimsPrincipal user, DateTimeOffset now)
    {
        if (!long.TryParse(user.FindFirstValue(ClaimNames.AuthTime), out var seconds)
            || now.ToUnixTimeSeconds() - seconds > RecentAuthentication.TotalSeconds
            || seconds - now.ToUnixTimeSeconds() > TokenChecks.Leeway.TotalSeconds)
        {
            throw new RefusedException(new Rejection(
                RejectionKind.Forbidden, "this needs an authentication of the last 15 minutes",
                [new Fault(ClaimNames.AuthTime, RequestFaultCode.StaleAuthentication)]));
        }
    }

    static bool HasActor(ClaimsPrincipal user) => AppOf(user) is not null;

    /// <summary>The app that acts for the holder; null: nobody does, or it does not say who it is.</summary>
    public static string? AppOf(ClaimsPrincipal user)
    {
        if (user.FindFirstValue(ClaimNames.Act) is not { } claim)
        {
            return null;
        }
        try
        {
            using var act = JsonDocument.Parse(claim);
            return TextOf(act.RootElement, ClaimNames.Subject) is { Length: > 0 } name ? name : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    static string Required(ClaimsPrincipal user, string claim) =>
        user.FindFirstValue(claim) is { Length: > 0 } value ? value : throw Refusal($"the token has no {claim}");

    static RefusedException Refusal(string why) => new(new Rejection(RejectionKind.Forbidden, why));
}
