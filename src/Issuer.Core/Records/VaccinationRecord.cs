using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Issuer.Core.Records;

public enum Sex
{
    Female,
    Male,
}

public enum DoseKind
{
    Primary,
    Additional,
    Booster,
}

public enum IdentityType
{
    /// <summary>The citizen's identity number, twelve digits.</summary>
    Cccd,

    /// <summary>The identity card it replaced, nine digits.</summary>
    Cmnd,

    Passport,

    /// <summary>A child's birth certificate.</summary>
    Birth,
}

/// <summary>
/// One dose as a facility entered it, checked: names in NFC, product as its EU code. The identity number is as typed
/// and may be empty or malformed: the dose was given all the same, and the record waits for a correction.
/// </summary>
public sealed record VaccinationRecord
{
    public required string Facility { get; init; }

    /// <summary>The facility's own, unique within it.</summary>
    public required string Reference { get; init; }

    /// <summary>
    /// Empty when only a full name or a single name was given; then <see cref="GivenName"/> holds it all.
    /// </summary>
    public required string FamilyName { get; init; }

    public required string GivenName { get; init; }

    public required Sex Sex { get; init; }

    public required PartialDate DateOfBirth { get; init; }

    /// <summary>Null when the clerk named none and the number's form does not tell.</summary>
    public required IdentityType? IdentityType { get; init; }

    public required string IdentityNumber { get; init; }

    /// <summary>ISO 3166-1 alpha-3.</summary>
    public required string Nationality { get; init; }

    public required string Product { get; init; }

    public required string Lot { get; init; }

    public required int? DoseNumber { get; init; }

    /// <summary>Null: told by policy.</summary>
    public required DoseKind? DoseKind { get; init; }

    public required DateOnly VaccinatedOn { get; init; }

    /// <summary>Family name first, as Vietnamese papers and the registry write it.</summary>
    public string FullName => FamilyName.Length == 0 ? GivenName : $"{FamilyName} {GivenName}".TrimEnd();

    /// <summary>
    /// Every field by its name in one canonical form: what the facility signs, and what is sent again when a person
    /// corrects another field. Empty: not given.
    /// </summary>
    public IReadOnlyList<(string Name, string Text)> Texts() =>
    [
        ("facility", Facility),
        ("reference", Reference),
        ("family_name", FamilyName),
        ("given_name", GivenName),
        ("sex", Sex == Sex.Male ? "M" : "F"),
        ("date_of_birth", DateOfBirth.ToString()),
        ("identity_type", IdentityType?.ToString().ToUpperInvariant() ?? ""),
        ("identity_number", IdentityNumber),
        ("nationality", Nationality),
        ("product", Product),
        ("lot", Lot),
        ("dose_number", DoseNumber?.ToString(CultureInfo.InvariantCulture) ?? ""),
        ("dose_kind", DoseKind is { } kind ? Kebab.Of(kind.ToString()) : ""),
        ("vaccinated_on", VaccinatedOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
    ];

    /// <summary>
    /// SHA-256 over the content (not facility and reference). Two submissions with one digest say the same.
    /// </summary>
    public byte[] Digest()
    {
        // Unit separators cannot occur in a field: control characters are refused.
        var content = string.Join('\u001f', FamilyName, GivenName, Sex, DateOfBirth, IdentityType, IdentityNumber,
            Nationality, Product, Lot, DoseNumber, DoseKind, VaccinatedOn.DayNumber);
        return SHA256.HashData(Encoding.UTF8.GetBytes(content));
    }
}
