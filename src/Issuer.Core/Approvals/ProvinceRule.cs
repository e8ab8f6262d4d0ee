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
        var isOfProvince = person.Roles.Contains(ApprovalRule.Province);
        if (province is not null && isOfProvince && person.Province is { } own
            && Provinces.Today(own) == Provinces.Today(province))
        {
            return null;
        }
        return !isOfProvince && (province is null || isMinistrys)
            ? null
            : NotTheirs;
    }

    public static Rejection NotTheirs { get; } =
        new(RejectionKind.Forbidden, "this is for the facility's province, or another's step now");
}
