using Issuer.Core.Identity;
using Issuer.Core.Records;

namespace Issuer.Core.Feedback;

/// <summary>A report as somebody typed it. Null and blank both mean "not given".</summary>
public sealed record ReportRow
{
    public string? Kind { get; init; }

    public string? Facility { get; init; }

    public string? FullName { get; init; }

    public string? DateOfBirth { get; init; }

    public string? Product { get; init; }

    public string? Lot { get; init; }

    public string? VaccinatedOn { get; init; }

    public string? Evidence { get; init; }

    public string? Words { get; init; }

    public IReadOnlyList<Fault> ReadingFaults { get; init; } = [];
}

/// <summary>Every fault of a report at once; pure. Whether a record exists is nothing it can tell.</summary>
public static class CheckReport
{
    const int LongestEvidence = 200;
    const int LongestWords = 500;

    static readonly Dictionary<string, ReportKind> Kinds =
        Enum.GetValues<ReportKind>().ToDictionary(kind => Kebab.Of(kind.ToString()));

    public static IReadOnlyCollection<string> KindNames => Kinds.Keys;

    public static (ReportClaim? Claim, IReadOnlyList<Fault> Faults) Check(ReportRow row, CheckContext context)
    {
        var faults = new List<Fault>(row.ReadingFaults);
        var fields = new FieldReader(faults);
        var kind = Kind(row, fields);
        var facility = fields.Required("facility", row.Facility, 32);
        if (facility.Length > 0 && !context.Facilities.Contains(facility))
        {
            fields.Add("facility", FaultCode.UnknownFacility);
        }
        var name = fields.Name("full_name", row.FullName);
        Require("full_name", name.Length > 0, fields);
        var born = Date("date_of_birth", row.DateOfBirth, fields, context.Today);
        Require("date_of_birth", born is not null, fields);
        var product = fields.Text("product", row.Product, 60);
        var licensed = context.Products.Find(product);
        if (product.Length > 0 && licensed is null)
        {
            fields.Add("product", FaultCode.UnknownProduct);
        }
        var lot = fields.Text("lot", row.Lot, 40);
        var day = Day(row.VaccinatedOn, kind == ReportKind.DoseMissing, fields, context.Today);
        var evidence = fields.Text("evidence", row.Evidence, LongestEvidence);
        var words = fields.Text("text", row.Words, LongestWords);
        // What was written and refused has its own fault.
        Require(
            "evidence",
            evidence.Length + words.Length > 0 || faults.Exists(f => f.Field is "evidence" or "text"), fields);
        return faults.Count > 0
            ? (null, faults)
            : (new ReportClaim(
                kind!.Value, facility, name, born!.Value, licensed?.Code ?? "", lot, day, evidence, words), faults);
    }

    /// <summary>The person's own number, as the desk typed it: one of the registry's.</summary>
    public static string? Document(string? typed, List<Fault> faults)
    {
        var fields = new FieldReader(faults);
        var number = fields.Required("identity_number", typed, 20);
        if (IdentityNumbers.IsCccd(number) || IdentityNumbers.IsCmnd(number))
        {
            return DocumentKey.OfNumber(number);
        }
        if (number.Length > 0)
        {
            fields.Add(new Fault("identity_number", RequestFaultCode.BadNumber));
        }
        return null;
    }

    /// <summary>
    /// All three are needed, so that nobody can ask with less than what they read from a paper. Of a record without a
    /// number the facility and the day take its place.
    /// </summary>
    public static DeskLookUp? LookUp(LookUpRow row, DateOnly today, List<Fault> faults)
    {
        var fields = new FieldReader(faults);
        var isWithoutNumber = string.IsNullOrWhiteSpace(row.Number)
            && !(string.IsNullOrWhiteSpace(row.Facility) && string.IsNullOrWhiteSpace(row.VaccinatedOn));
        var typed = isWithoutNumber ? "" : fields.Required("identity_number", row.Number, 40);
        var facility = isWithoutNumber ? fields.Required("facility", row.Facility, 32) : "";
        var born = Date("date_of_birth", row.DateOfBirth, fields, today);
        Require("date_of_birth", born is not null, fields);
        var full = fields.Name("full_name", row.FullName);
        Require("full_name", full.Length > 0, fields);
        var day = isWithoutNumber ? Day(row.VaccinatedOn, true, fields, today) : null;
        return faults.Count > 0
            ? null
            : new DeskLookUp(
                IdentityNumbers.AsTyped(typed), born!.Value, full,
                day is { } entered ? new EnteredAt(facility, entered) : null);
    }

    static ReportKind? Kind(ReportRow row, FieldReader fields)
    {
        var kind = fields.Choice(
            "kind", row.Kind, Kinds, field => new Fault(field, RequestFaultCode.NotListed, Expected.OneOf(Kinds.Keys)));
        Require("kind", kind is not null, fields);
        return kind;
    }

    /// <summary>Of a dose that was never entered the day is all that finds it among the facility's papers.</summary>
    static DateOnly? Day(string? typed, bool isRequired, FieldReader fields, DateOnly today)
    {
        var read = Date("vaccinated_on", typed, fields, today);
        Require("vaccinated_on", read is not null || !isRequired, fields);
        if (read is not { } date)
        {
            return null;
        }
        if (date.Complete is null)
        {
            fields.Add("vaccinated_on", FaultCode.IncompleteDate);
        }
        return date.Complete;
    }

    static PartialDate? Date(string field, string? typed, FieldReader fields, DateOnly today)
    {
        var text = fields.Text(field, typed, 20);
        if (text.Length == 0)
        {
            return null;
        }
        if (!PartialDate.TryParse(text, out var date))
        {
            fields.Add(field, FaultCode.BadDate);
            return null;
        }
        if (date.Earliest > today)
        {
            fields.Add(field, FaultCode.FutureDate);
        }
        return date;
    }

    /// <summary>Of what was read: words for nothing are read as nothing.</summary>
    static void Require(string field, bool isThere, FieldReader fields)
    {
        if (!isThere)
        {
            fields.Add(field, FaultCode.Missing);
        }
    }
}
