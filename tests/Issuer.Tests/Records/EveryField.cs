using Issuer.Core;
using Issuer.Core.Records;
using Issuer.Storage.Identity;

namespace Issuer.Tests.Records;

/// <summary>
/// A record with a value of its own in every field, and another value for each, so that a field which is lost or
/// mistaken for another on its way shows. No value is what the field would be without being given.
/// </summary>
static class EveryField
{
    /// <summary>One test may do what it likes to this one; its other value is a step of a suggestion.</summary>
    public const string Suggested = "date_of_birth";

    static readonly IReadOnlyDictionary<string, (string First, string Other)> Values =
        new Dictionary<string, (string First, string Other)>
        {
            ["family_name"] = ("Đặng", "Võ"),
            ["given_name"] = ("Thùy Dương", "Quỳnh Như"),
            ["sex"] = ("F", "M"),
            ["date_of_birth"] = ("1978-04-11", "1978-11-04"),
            ["identity_type"] = ("BIRTH", "PASSPORT"),
            ["identity_number"] = ("079178000031", "N7654321"),
            ["nationality"] = ("LAO", "KHM"),
            ["product"] = ("EU/1/21/1529", "EU/1/20/1528"),
            ["lot"] = ("ABV-7", "FK-9"),
            ["dose_number"] = ("2", "3"),
            ["dose_kind"] = ("additional", "booster"),
            ["vaccinated_on"] = ("2021-10-05", "2021-12-07"),
        };

    public static IEnumerable<string> Names => Values.Keys;

    /// <summary>Who the register must know for the first values to match.</summary>
    public static PopulationRow Person { get; } = new(
        First("identity_number"), null, First("family_name"), First("given_name"), Sex.Female,
        PartialDate.Parse(First("date_of_birth")), null);

    /// <summary>What a facility types.</summary>
    public static Dictionary<string, string> Typed(
        string facility, string reference, Func<string, bool>? other = null) => new(
            Values.Select(field => KeyValuePair.Create(
                field.Key, other?.Invoke(field.Key) == true ? field.Value.Other : field.Value.First)))
        {
            ["facility"] = facility, ["reference"] = reference,
        };

    public static RecordRow RowOf(IReadOnlyDictionary<string, string> typed) =>
        RecordFields.RowOf(name => typed.GetValueOrDefault(name));

    /// <summary>The fields of a stored record by their names, each told by the property itself.</summary>
    public static void AssertIs(IReadOnlyDictionary<string, string> typed, VaccinationRecord record) =>
        Assert.Equal(typed.OrderBy(f => f.Key), TextsOf(record).OrderBy(f => f.Key));

    /// <summary>
    /// What the record says of itself, property by property: not <see cref="VaccinationRecord.Texts"/>, which may have
    /// forgotten one.
    /// </summary>
    public static Dictionary<string, string> TextsOf(VaccinationRecord record) => Properties().ToDictionary(
        property => property.Name,
        property => property.Property.GetValue(record) switch
        {
            Sex sex => sex == Sex.Male ? "M" : "F",
            DoseKind kind => Kebab.Of(kind.ToString()),
            IdentityType type => type.ToString().ToUpperInvariant(),
            DateOnly day => new PartialDate(day).ToString(),
            var value => value?.ToString() ?? "",
        });

    /// <summary>A property that is computed from others is no field.</summary>
    public static IEnumerable<(string Name, System.Reflection.PropertyInfo Property)> Properties() =>
        typeof(VaccinationRecord).GetProperties().Where(p => p.CanWrite).Select(p => (Kebab.Of(p.Name, '_'), p));

    static string First(string field) => Values[field].First;
}
