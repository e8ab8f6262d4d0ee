namespace Issuer.Server.Edge.Rest.Records;

// Never bound: it describes in OpenAPI what RecordJson reads.
/// <summary>One dose as the facility entered it; the members are the CSV columns.</summary>
/// <param name="Reference">The facility's own, unique within it.</param>
/// <param name="Sex"><c>M</c>, <c>F</c>, <c>Nam</c> or <c>Nữ</c>.</param>
/// <param name="DateOfBirth"><c>yyyy-mm-dd</c>, <c>dd/mm/yyyy</c>, <c>yyyy-mm</c> or <c>yyyy</c>.</param>
/// <param name="Product">EU code, or the Vietnamese trade name.</param>
/// <param name="VaccinatedOn"><c>yyyy-mm-dd</c> or <c>dd/mm/yyyy</c>.</param>
/// <param name="Facility">The token's when it is left out.</param>
/// <param name="FullName">In Vietnamese order, instead of the two parts.</param>
/// <param name="IdentityType"><c>CCCD</c>, <c>CMND</c>, <c>PASSPORT</c> or <c>BIRTH</c>.</param>
/// <param name="IdentityNumber">A missing or malformed one is no fault: the record waits for its correction.</param>
/// <param name="Nationality">Three letters; <c>VNM</c> when left out.</param>
/// <param name="DoseKind"><c>primary</c>, <c>additional</c> or <c>booster</c>; told by policy when left out.</param>
/// <param name="Corrects">The version that this corrects.</param>
sealed record RecordBody(
    string Reference, string Sex, string DateOfBirth, string Product, string VaccinatedOn, string? Facility = null,
    string? FamilyName = null, string? GivenName = null, string? FullName = null, string? IdentityType = null,
    string? IdentityNumber = null, string? Nationality = null, string? Lot = null, int? DoseNumber = null,
    string? DoseKind = null, long? Corrects = null);
