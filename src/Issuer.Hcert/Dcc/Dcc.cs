namespace Issuer.Hcert;

/// <summary>
/// The payload of an EU digital COVID certificate: a person and one entry (eu-dcc-schema 1.3.0). As read, values may
/// break the schema; <see cref="DccSchema"/> tells. Equality is by content.
/// </summary>
/// <param name="Version">Schema version, <c>ver</c>; this library writes <see cref="CurrentVersion"/>.</param>
/// <param name="Name">The person's name, <c>nam</c>.</param>
/// <param name="DateOfBirth"><c>dob</c>: <c>""</c>, yyyy, yyyy-mm or yyyy-mm-dd; only the part that is known.</param>
/// <param name="Entry">The one entry: <c>v</c>, <c>t</c> or <c>r</c>.</param>
public sealed record Dcc(string Version, PersonName Name, string DateOfBirth, DccEntry Entry)
{
    /// <summary>The schema version written.</summary>
    public const string CurrentVersion = "1.3.0";
}

/// <summary>
/// A person's name, <c>nam</c>. Each part has at most 80 characters; null when absent. Somebody with one name only has
/// it as family name. Text is to be NFC.
/// </summary>
/// <param name="FamilyName"><c>fn</c>, in Vietnam họ.</param>
/// <param name="GivenName"><c>gn</c>, in Vietnam đệm and tên.</param>
/// <param name="StandardisedFamilyName"><c>fnt</c>, required by schema 1.3.0: A–Z and <c>&lt;</c>.</param>
/// <param name="StandardisedGivenName"><c>gnt</c>.</param>
public sealed record PersonName(
    string? FamilyName, string? GivenName, string? StandardisedFamilyName, string? StandardisedGivenName);
