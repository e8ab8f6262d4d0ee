using Issuer.Core.Records;
using Issuer.Hcert;

namespace Issuer.Core.Identity;

/// <summary>
/// Who a matched or exempt record belongs to: the name that goes into certificates, and the documents that point to
/// the person.
/// </summary>
/// <param name="Documents">At least one <see cref="DocumentKey"/>; any of them finds the subject.</param>
public sealed record SubjectIdentity(
    string FamilyName, string GivenName, Sex Sex, PartialDate DateOfBirth, IReadOnlyList<string> Documents)
{
    public static SubjectIdentity Of(RegistryPerson person)
    {
        var documents = new List<string>();
        if (person.Number is { Length: > 0 } number)
        {
            documents.Add(DocumentKey.OfNumber(number));
        }
        if (person.OldNumber is { Length: > 0 } old)
        {
            documents.Add(DocumentKey.OfNumber(old));
        }
        return new SubjectIdentity(
            person.FamilyName, person.GivenName, person.Sex, person.DateOfBirth, documents);
    }

    /// <summary>Letter for letter, documents aside.</summary>
    public bool SaysTheSame(SubjectIdentity other) =>
        (FamilyName, GivenName, Sex, DateOfBirth) == (other.FamilyName, other.GivenName, other.Sex, other.DateOfBirth);

    /// <summary>Equal for two who look like one person: standardised name, sex and birth date.</summary>
    public string LookKey => $"{StandardisedName.Of($"{FamilyName} {GivenName}")}|{(int)Sex}|{DateOfBirth}";

    public static SubjectIdentity OfForeigner(VaccinationRecord record) =>
        new(record.FamilyName, record.GivenName, record.Sex, record.DateOfBirth,
            [DocumentKey.OfPassport(record.Nationality, record.IdentityNumber)]);

    /// <summary>
    /// Where another record of the same passport says something else: there is no registry to ask, so the second one
    /// waits instead of changing who the person is.
    /// </summary>
    public IdentityFields DifferencesFrom(SubjectIdentity other)
    {
        var name = NameKey.Of($"{FamilyName} {GivenName}") == NameKey.Of($"{other.FamilyName} {other.GivenName}");
        return (name ? IdentityFields.None : IdentityFields.Name)
            | (Sex == other.Sex ? IdentityFields.None : IdentityFields.Sex)
            | (DateOfBirth == other.DateOfBirth ? IdentityFields.None : IdentityFields.DateOfBirth);
    }
}

/// <summary>
/// The text a document is found by: <c>VNM:079…</c> for numbers of the registry, <c>P:KOR:M123</c> for passports.
/// </summary>
public static class DocumentKey
{
    public static string OfNumber(string number) => $"{Vietnam}{number}";

    /// <summary>Whether it is the twelve-digit number that a person has for life.</summary>
    public static bool IsCitizenNumber(string document) =>
        IsOfRegistry(document) && IdentityNumbers.IsCccd(document[Vietnam.Length..]);

    const string Vietnam = "VNM:";

    /// <summary>Whether it is a number of the registry, of today or of before; else it is a passport.</summary>
    public static bool IsOfRegistry(string document) => document.StartsWith(Vietnam, StringComparison.Ordinal);

    /// <summary>The number as it stands on the document.</summary>
    public static string NumberOf(string document) => document[(document.LastIndexOf(':') + 1)..];

    public static string OfPassport(string country, string number) => $"P:{country}:{number.ToUpperInvariant()}";
}
