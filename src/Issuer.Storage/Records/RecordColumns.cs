using System.Globalization;
using Issuer.Core.Records;

namespace Issuer.Storage.Records;

/// <summary>A row of <c>record</c> or <c>record_version</c>, content only, as both engines return it.</summary>
sealed record RecordColumns(
    long Id, long Version, string Facility, string Reference, string FamilyName, string GivenName, long Sex,
    string DateOfBirth, long? IdentityType, string IdentityNumber, string Nationality, string Product, string Lot,
    long? DoseNumber, long? DoseKind, string VaccinatedOn)
{
    public const string Content =
        "family_name, given_name, sex, date_of_birth, identity_type, identity_number, nationality, product, lot, "
        + "dose_number, dose_kind, vaccinated_on";

    public const string All = "id, version, facility, reference, " + Content;

    public StoredRecord ToRecord() => new(Id, Version, new VaccinationRecord
    {
        Facility = Facility, Reference = Reference, FamilyName = FamilyName, GivenName = GivenName, Sex = (Sex)Sex,
        DateOfBirth = PartialDate.Parse(DateOfBirth), IdentityType = (IdentityType?)IdentityType,
        IdentityNumber = IdentityNumber, Nationality = Nationality, Product = Product, Lot = Lot,
        DoseNumber = (int?)DoseNumber, DoseKind = (DoseKind?)DoseKind, VaccinatedOn = DayOf(VaccinatedOn),
    });

    /// <summary>The values of <see cref="Content"/>, in its order.</summary>
    public static object?[] ContentOf(VaccinationRecord r) =>
    [
        r.FamilyName, r.GivenName, (long)r.Sex, r.DateOfBirth.ToString(), (long?)r.IdentityType, r.IdentityNumber,
        r.Nationality, r.Product, r.Lot, (long?)r.DoseNumber, (long?)r.DoseKind, TextOf(r.VaccinatedOn),
    ];

    public static string TextOf(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static DateOnly DayOf(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
