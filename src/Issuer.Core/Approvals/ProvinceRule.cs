using Issuer.Core.Identity;

namespace Issuer.Core.Approvals;

/// <summary>
/// Acts of a province about its own facilities; the ministry stands for units outside provinces. Pure.
/// </summary>
static class ProvinceRule
{
    /// <param name="province">The facility's; null: it has none.</param>
    /// <param name="isMinistrys">Whether the ministry may as well.</param>
    /// <returns>Null: it is theirs.</returns>
    public static Rejection? Refuse(Person person, string? province, bool isMinistrys)
    {
        // Whoever acts for a province does so alone: a second role never widens a first.
        var isOfProvince = person.Roles.Contains(ApprovalRule.Province) && person.Province is not null;
        var isTheirs = isOfProvince
            ? province is not null && Provinces.Today(person.Province!) == Provinces.Today(province)
            : person.Roles.Any(ApprovalRule.Ministry.Contains) && (province is null || isMinistrys);
        return isTheirs
            ? null
            : NotTheirs;
    }

    public static Rejection NotTheirs { get; } =
        new(RejectionKind.Forbidden, "this is for the facility's province, or another's step now");
}
