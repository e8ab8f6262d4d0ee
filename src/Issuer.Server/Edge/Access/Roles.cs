namespace Issuer.Server.Edge.Access;

/// <summary>The roles a token may carry (design.md section 6).</summary>
static class Roles
{
    public const string FacilityClerk = "facility-clerk";
    public const string FacilitySignatory = "facility-signatory";
    public const string Commune = "commune";
    public const string Province = "province";
    public const string Desk = "desk";
    public const string MinistryOperator = "ministry-operator";
    public const string MinistrySecurity = "ministry-security";
    public const string Citizen = "citizen";
    public const string App = "app";
    public const string Auditor = "auditor";

    public static readonly IReadOnlyList<string> All =
    [
        .. typeof(Roles).GetFields().Where(field => field.IsLiteral)
            .Select(field => (string)field.GetRawConstantValue()!),
    ];
}

/// <summary>The claims a token may carry beside <c>sub</c> and <c>roles</c>.</summary>
static class ClaimNames
{
    public const string Subject = "sub";
    public const string Roles = "roles";
    public const string Facility = "facility";
    public const string Province = "province";
    public const string Commune = "commune";
    public const string IdentityNumber = "identity_number";
    public const string AuthTime = "auth_time";
    public const string Act = "act";
    public const string Dependants = "dependants";
}
