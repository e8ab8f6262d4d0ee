using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Issuer.Hcert;

namespace Issuer.Core.Records;

/// <summary>
/// A reference for a row whose file has none of its own: told by who was vaccinated where and when, so that the same
/// list sent again, in any order, finds its records.
/// </summary>
public static class DerivedReference
{
    /// <summary>By the identity number; without one that can be meant, by name and birth date.</summary>
    public static string Of(VaccinationRecord record) =>
        DoseOf.Record(record) is { Number.Length: > 0 } dose ? Hash(record, dose.Number) : OfPerson(record);

    /// <summary>By the person under that number: a mother's stands for each of her children.</summary>
    public static string OfPerson(VaccinationRecord record)
    {
        var dose = DoseOf.Record(record);
        return Hash(record, $"{dose.Number}\u001f{dose.Name}\u001f{dose.Born}");
    }

    static string Hash(VaccinationRecord record, string who)
    {
        var content = string.Create(
            CultureInfo.InvariantCulture, $"{record.Facility}\u001f{who}\u001f{record.VaccinatedOn:yyyy-MM-dd}");
        return $"D-{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(content)), 0, 12)}";
    }
}

/// <summary>Whose dose a record is and of which day, as far as two entries are told apart by it.</summary>
/// <param name="Number">Letters and digits without leading zeros; empty when none that can be meant was typed.</param>
/// <param name="Name">Without marks and letter case.</param>
public sealed record DoseOf(string Number, string Name, string Born, DateOnly Day)
{
    public static DoseOf Record(VaccinationRecord record) => Of(
        record.IdentityNumber, record.FullName, record.DateOfBirth.ToString(), record.VaccinatedOn);

    public static DoseOf Of(string number, string name, string born, DateOnly day) =>
        new(Bare(number), StandardisedName.Of(name), born, day);

    /// <summary>
    /// Two of number, name and birth date differ. One alone is what corrections change, and what clerks mistype.
    /// </summary>
    public bool IsOfAnother(DoseOf other) =>
        (Number != other.Number && Number.Length > 0 && other.Number.Length > 0 ? 1 : 0)
        + (Name != other.Name ? 1 : 0) + (Born != other.Born ? 1 : 0) >= 2;

    public bool IsAnother(DoseOf other) => Day != other.Day || IsOfAnother(other);

    /// <summary>A spreadsheet's 2.60549E+10 stands for thousands of numbers.</summary>
    static string Bare(string number) =>
        number.Contains("E+", StringComparison.OrdinalIgnoreCase)
            ? ""
            : string.Concat(number.Where(char.IsLetterOrDigit)).ToUpperInvariant().TrimStart('0');
}
