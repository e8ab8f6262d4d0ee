using System.Globalization;
using Issuer.Core.Records;

namespace Issuer.Storage.Records;

/// <summary>
/// A row of <c>record</c> or <c>record_version</c>, content only, as both engines return and take it: the one place
/// where a record's fields are columns. A field that is left out here does not compile.
/// </summary>
sealed record RecordColumns(
    long Id, long Version, string Facility, string Reference, string FamilyName, string GivenName, long Sex,
    string DateOfBirth, long? IdentityType, string IdentityNumber, string Nationality, string Product, string Lot,
    long? DoseNumber, long? DoseKind, string VaccinatedOn)
{
    public static readonly ColumnList All = ColumnList.Of<RecordColumns>();

    /// <summary>What a correction may change, and every version has its own of.</summary>
    public static readonly ColumnList Content =
        All.Without(nameof(Id), nameof(Version), nameof(Facility), nameof(Reference));

    /// <summary>Who entered any version of the record <c>@record</c>, each once.</summary>
    public const string EnteredBy =
        """
        select entered_by from record where id = @record
        union select entered_by from record_version where record_id = @record
        """;

    public static RecordColumns Of(StoredRecord stored) => Of(stored.Id, stored.Version, stored.Record);

    public static RecordColumns Of(long id, long version, VaccinationRecord r) => new(
        id, version, r.Facility, r.Reference, r.FamilyName, r.GivenName, (long)r.Sex, r.DateOfBirth.ToString(),
        (long?)r.IdentityType, r.IdentityNumber, r.Nationality, r.Product, r.Lot, r.DoseNumber, (long?)r.DoseKind,
        TextOf(r.VaccinatedOn));

    public StoredRecord ToRecord() => new(Id, Version, new VaccinationRecord
    {
        Facility = Facility, Reference = Reference, FamilyName = FamilyName, GivenName = GivenName, Sex = (Sex)Sex,
        DateOfBirth = PartialDate.Parse(DateOfBirth), IdentityType = (IdentityType?)IdentityType,
        IdentityNumber = IdentityNumber, Nationality = Nationality, Product = Product, Lot = Lot,
        DoseNumber = (int?)DoseNumber, DoseKind = (DoseKind?)DoseKind, VaccinatedOn = DayOf(VaccinatedOn),
    });

    public static string TextOf(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static DateOnly DayOf(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
