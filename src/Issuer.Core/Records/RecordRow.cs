namespace Issuer.Core.Records;

/// <summary>
/// A record as somebody typed it, in a CSV row or a JSON object. Null and blank both mean "not given".
/// </summary>
public sealed record RecordRow
{
    public string? Reference { get; init; }

    public string? Facility { get; init; }

    public string? FamilyName { get; init; }

    public string? GivenName { get; init; }

    /// <summary>Instead of the two parts, in Vietnamese order.</summary>
    public string? FullName { get; init; }

    public string? Sex { get; init; }

    public string? DateOfBirth { get; init; }

    public string? IdentityType { get; init; }

    public string? IdentityNumber { get; init; }

    public string? Nationality { get; init; }

    public string? Product { get; init; }

    public string? Lot { get; init; }

    public string? DoseNumber { get; init; }

    public string? DoseKind { get; init; }

    public string? VaccinatedOn { get; init; }

    /// <summary>
    /// The version that this row corrects; without it, changed content under a known reference is refused.
    /// </summary>
    public string? Corrects { get; init; }

    public ReferenceSource References { get; init; }

    /// <summary>
    /// What was wrong before it was a row: unknown members, wrong types. They refuse it like any hard fault.
    /// </summary>
    public IReadOnlyList<Fault> ReadingFaults { get; init; } = [];
}
