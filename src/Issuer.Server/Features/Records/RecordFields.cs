using Issuer.Core.Identity;
using Issuer.Core.Records;

namespace Issuer.Server.Features.Records;

/// <summary>The fields of a record by the names that CSV columns and JSON members share.</summary>
static class RecordFields
{
    public static RecordRow RowOf(Func<string, string?> field) => new()
    {
        Reference = field("reference"), Facility = field("facility"), FamilyName = field("family_name"),
        GivenName = field("given_name"), FullName = field("full_name"), Sex = field("sex"),
        DateOfBirth = field("date_of_birth"), IdentityType = field("identity_type"),
        IdentityNumber = field("identity_number"), Nationality = field("nationality"), Product = field("product"),
        Lot = field("lot"), DoseNumber = field("dose_number"), DoseKind = field("dose_kind"),
        VaccinatedOn = field("vaccinated_on"), Corrects = field("corrects"),
    };

    /// <summary>As the contract lists them.</summary>
    public static IReadOnlyList<string> Columns { get; } =
    [
        "reference", "facility", "family_name", "given_name", "full_name", "sex", "date_of_birth", "identity_type",
        "identity_number", "nationality", "product", "lot", "dose_number", "dose_kind", "vaccinated_on", "corrects",
    ];

    /// <summary>In the order of <see cref="Columns"/>.</summary>
    public static IReadOnlyList<string?> CellsOf(RecordRow row) =>
    [
        row.Reference, row.Facility, row.FamilyName, row.GivenName, row.FullName, row.Sex, row.DateOfBirth,
        row.IdentityType, row.IdentityNumber, row.Nationality, row.Product, row.Lot, row.DoseNumber, row.DoseKind,
        row.VaccinatedOn, row.Corrects,
    ];

    public static IReadOnlyList<string> NamesOf(IdentityFields differs) =>
        [.. Identity.Where(f => differs.HasFlag(f.Field)).Select(f => f.Name)];

    static readonly (IdentityFields Field, string Name)[] Identity =
    [
        (IdentityFields.Name, "name"), (IdentityFields.Sex, "sex"), (IdentityFields.DateOfBirth, "date_of_birth"),
        (IdentityFields.IdentityNumber, "identity_number"),
    ];
}
