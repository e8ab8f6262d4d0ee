using Issuer.Core.Records;
using Issuer.Storage.Identity;

namespace Issuer.Server.Tests;

/// <summary>Somebody the registry knows.</summary>
sealed record Person(string Number, string FamilyName, string GivenName, Sex Sex, string Born)
{
    public static readonly Person Hoa = new("001185000001", "Nguyễn", "Thị Hòa", Sex.Female, "1985-03-12");
    public static readonly Person Duc = new("001090000002", "Đặng", "Văn Đức", Sex.Male, "1990-11-02");

    /// <summary>Children of eleven and of fifteen, and a sixteen-year-old, on the clock's day.</summary>
    public static readonly Person Be = new("001215000003", "Nguyễn", "Bé Ba", Sex.Female, "2015-05-05");
    public static readonly Person Tu = new("001211000004", "Nguyễn", "Bé Tư", Sex.Male, "2011-06-07");
    public static readonly Person Nam = new("001210000005", "Nguyễn", "Bé Năm", Sex.Male, "2010-01-01");

    public static IReadOnlyList<PopulationRow> Registered =>
    [
        .. new[] { Hoa, Duc, Be, Tu, Nam }.Select(p => new PopulationRow(
            p.Number, null, p.FamilyName, p.GivenName, p.Sex, PartialDate.Parse(p.Born), null)),
    ];

    /// <summary>Children got another product.</summary>
    bool IsChild => string.CompareOrdinal(Born, "2005") > 0;

    public Dictionary<string, object?> Dose(string reference, int number, string vaccinatedOn) => new()
    {
        ["reference"] = reference, ["family_name"] = FamilyName, ["given_name"] = GivenName,
        ["sex"] = Sex == Sex.Male ? "M" : "F", ["date_of_birth"] = Born, ["identity_type"] = "CCCD",
        ["identity_number"] = Number, ["product"] = IsChild ? "Pfizer" : "Vero Cell", ["lot"] = "VC123", ["dose_number"] = number,
        ["vaccinated_on"] = vaccinatedOn,
    };
}
