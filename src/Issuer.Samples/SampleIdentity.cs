using System.Globalization;

namespace Issuer.Samples;

/// <summary>A birth date, or only its year, which is all that some older people's papers say.</summary>
readonly record struct SampleBirthDate(DateOnly Day, bool YearOnly)
{
    /// <summary>The year alone, or yyyy-mm-dd, or as written in Vietnam (dd/mm/yyyy).</summary>
    public string ToText(bool slashes) => YearOnly
        ? Day.Year.ToString(CultureInfo.InvariantCulture)
        : SampleCsv.Date(Day, slashes);
}

/// <summary>
/// Who somebody is, or who a record says they are. Names are NFC. No old number is the empty string; a foreigner's
/// number is a passport's.
/// </summary>
sealed record SampleIdentity(
    string FamilyName,
    string GivenName,
    bool Male,
    SampleBirthDate BirthDate,
    string Number,
    string OldNumber,
    string Nationality)
{
    public const string Vietnam = "VNM";

    public bool Foreign => Nationality != Vietnam;

    public string FullName => $"{FamilyName} {GivenName}".Trim();

    /// <summary>What the police compare: two identities that agree in this are one.</summary>
    public bool Matches(SampleIdentity other) =>
        (FullName, Male, BirthDate, Number) == (other.FullName, other.Male, other.BirthDate, other.Number);
}
