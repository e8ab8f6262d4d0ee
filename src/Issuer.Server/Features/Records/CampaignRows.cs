using System.Globalization;
using Issuer.Core.Certificates;
using Issuer.Core.Facilities;
using Issuer.Core.Identity;
using Issuer.Core.Records;
using Issuer.Hcert;
using Issuer.Storage.Identity;

namespace Issuer.Server.Features.Records;

/// <summary>
/// Turns CSV rows into what the store takes. A row of a register that cannot be read names its fields.
/// </summary>
static class CampaignRows
{
    /// <summary>More of one lot were never made.</summary>
    const long MostDoses = 1_000_000_000;
    const long MostStaff = 100_000;
    const long HoursOfDay = 24;

    /// <param name="references">Where the file's come from.</param>
    public static RecordRow Record(CsvRow row, ReferenceSource references = ReferenceSource.Typed) =>
        RecordFields.RowOf(column => row[column]) with { ReadingFaults = row.Faults, References = references };

    public static PopulationRow? Person(CsvRow row, Action<string> fault)
    {
        var number = Text(row, "identity_number");
        var old = Text(row, "old_identity_number");
        var (family, given) = (Text(row, "family_name"), Text(row, "given_name"));
        var sex = Vocabulary.Sexes.TryGetValue(Text(row, "sex").ToLowerInvariant(), out var known) ? known : (Sex?)null;
        var isBorn = IsDate(Text(row, "date_of_birth"), out var born);
        Require(number.Length + old.Length > 0, "identity_number", fault);
        Require(family.Length + given.Length > 0, "family_name", fault);
        Require(sex is not null, "sex", fault);
        Require(isBorn, "date_of_birth", fault);
        return number.Length + old.Length == 0 || family.Length + given.Length == 0 || sex is null || !isBorn
            ? null
            : new PopulationRow(NullIfEmpty(number), NullIfEmpty(old), family, given, sex.Value, born,
                NullIfEmpty(Text(row, "commune")));
    }

    public static Facility? Facility(CsvRow row, Action<string> fault)
    {
        var (code, name) = (Text(row, "code"), Text(row, "name"));
        Require(code.Length is > 0 and <= 32 && code[0] is not ('=' or '+' or '-' or '@'), "code", fault);
        Require(name.Length > 0, "name", fault);
        var (staff, hours) = (Number(row, "staff", MostStaff, fault), Number(row, "hours", HoursOfDay, fault));
        return code.Length is 0 or > 32 || name.Length == 0
            ? null
            : new Facility(code, name, Text(row, "kind"), NullIfEmpty(Text(row, "province")),
                NullIfEmpty(Text(row, "commune")), staff, hours);
    }

    /// <summary>What a facility or a place received; below zero: passed on.</summary>
    public static Lot? Lot(CsvRow row, CertificationPolicy policy, Action<string> fault)
    {
        var product = policy.FindProduct(Text(row, "product"));
        var (number, facility, place) = (Text(row, "lot"), Text(row, "facility"), Text(row, "place"));
        var expires = IsDate(Text(row, "expires_on"), out var date) ? date.Complete : null;
        var hasDoses = long.TryParse(
            Text(row, "doses") is { Length: > 0 } typed ? typed : "0", NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture, out var doses) && doses is >= -MostDoses and <= MostDoses;
        var hasHolder = facility.Length == 0 != (place.Length == 0);
        Require(product is not null, "product", fault);
        Require(number.Length > 0, "lot", fault);
        Require(hasHolder, "facility or place (one of them)", fault);
        Require(expires is not null, "expires_on", fault);
        Require(hasDoses, "doses", fault);
        return product is null || number.Length == 0 || !hasHolder || expires is null || !hasDoses
            ? null
            : place.Length > 0
                ? new Lot(product.Code, number, Provinces.Today(place), expires.Value, doses, IsPlace: true)
                : new Lot(product.Code, number, facility, expires.Value, doses);
    }

    /// <summary>Null: it is blank, or no whole number from 1 on, which is told.</summary>
    static long? Number(CsvRow row, string column, long most, Action<string> fault)
    {
        var text = Text(row, column);
        var isNumber = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= 1 && number <= most;
        Require(isNumber || text.Length == 0, column, fault);
        return isNumber ? number : null;
    }

    static string Text(CsvRow row, string column) => CanonicalText.ToNfc((row[column] ?? "").Trim());

    static bool IsDate(string text, out PartialDate date)
    {
        var read = text.Length <= ReadDate.Longest
            ? ReadDate.Of(text, DateOnly.MinValue, DateOnly.MaxValue).Date
            : null;
        date = read ?? default;
        return read is not null;
    }

    static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;

    static void Require(bool holds, string field, Action<string> fault)
    {
        if (!holds)
        {
            fault(field);
        }
    }
}
