using Issuer.Hcert;

namespace Issuer.Core.Records;

/// <summary>
/// What a record is checked against. Passed in, so that the same row gives the same faults everywhere.
/// </summary>
/// <param name="Today">The day in Vietnam; nothing may lie after it.</param>
/// <param name="Facilities">Codes of the facilities that may submit.</param>
public sealed record CheckContext(
    LicensedProducts Products, PlausibilityPolicy Plausibility, DateOnly Today, IReadOnlySet<string> Facilities,
    LotBook Lots);

/// <summary>The record when no hard fault was found, with every fault and warning there is.</summary>
public sealed record CheckedRow(VaccinationRecord? Record, long? Corrects, IReadOnlyList<Fault> Faults)
{
    public IEnumerable<Fault> HardFaults => Faults.Where(f => !f.IsWarning);
}

/// <summary>Step 2: structure, dates, product, lot. Every fault of a record at once; pure.</summary>
public static class CheckRecord
{
    /// <summary>Before the first dose of any licensed product was given anywhere.</summary>
    static readonly DateOnly FirstDoseAnywhere = new(2020, 12, 1);

    public static CheckedRow Check(RecordRow row, CheckContext context)
    {
        var faults = new List<Fault>(row.ReadingFaults);
        var fields = new FieldReader(faults);

        var reference = fields.Required("reference", row.Reference, 64);
        var facility = fields.Required("facility", row.Facility, 32);
        if (facility.Length > 0 && !context.Facilities.Contains(facility))
        {
            faults.Add(new Fault("facility", FaultCode.UnknownFacility));
        }
        var (familyName, givenName) = Name(row, fields);
        var sex = fields.Choice("sex", row.Sex, Vocabulary.Sexes, FaultCode.BadSex);
        if (string.IsNullOrWhiteSpace(row.Sex))
        {
            fields.Add("sex", FaultCode.Missing);
        }
        var born = DateOfBirth(row, fields, context.Today);
        var identityNumber = IdentityNumbers.AsTyped(row.IdentityNumber);
        var identityType = fields.Choice("identity_type", row.IdentityType, Vocabulary.IdentityTypes,
            FaultCode.BadIdentityType);
        var nationality = Nationality(row, fields);
        identityType ??= IdentityNumbers.TypeOf(identityNumber, nationality);
        var product = Product(row, fields, context.Products);
        var vaccinatedOn = VaccinatedOn(row, fields, context, born, product);
        var lot = fields.Text("lot", row.Lot, 40);
        var doseNumber = fields.Number("dose_number", WithoutWord(row.DoseNumber), 9, FaultCode.BadDoseNumber);
        var doseKind = fields.Choice("dose_kind", row.DoseKind, Vocabulary.DoseKinds, FaultCode.BadDoseKind);
        var corrects = fields.Number("corrects", row.Corrects, 1_000_000, FaultCode.BadVersion);

        if (faults.Exists(f => !f.IsWarning))
        {
            return new CheckedRow(null, corrects, faults);
        }
        var record = new VaccinationRecord
        {
            Facility = facility, Reference = reference, FamilyName = familyName, GivenName = givenName,
            Sex = sex!.Value, DateOfBirth = born!.Value, IdentityType = identityType, IdentityNumber = identityNumber,
            Nationality = nationality, Product = product!.Code, Lot = lot, DoseNumber = (int?)doseNumber,
            DoseKind = doseKind, VaccinatedOn = vaccinatedOn!.Value,
        };
        faults.AddRange(context.Lots.Warnings(record));
        faults.AddRange(IdentityNumbers.Warnings(record));
        return new CheckedRow(record, corrects, faults);
    }

    static (string Family, string Given) Name(RecordRow row, FieldReader fields)
    {
        var family = fields.Name("family_name", row.FamilyName);
        var given = fields.Name("given_name", row.GivenName);
        if (family.Length + given.Length > 0)
        {
            return given.Length == 0 ? ("", family) : (family, given);
        }
        var full = fields.Name("full_name", row.FullName);
        if (string.IsNullOrWhiteSpace(row.FullName + row.FamilyName + row.GivenName))
        {
            fields.Add("full_name", FaultCode.Missing);
        }
        return ("", full);
    }

    static PartialDate? DateOfBirth(RecordRow row, FieldReader fields, DateOnly today)
    {
        var text = fields.Required("date_of_birth", row.DateOfBirth, 20);
        if (text.Length == 0)
        {
            return null;
        }
        if (!PartialDate.TryParse(text, out var born))
        {
            fields.Add("date_of_birth", FaultCode.BadDate);
            return null;
        }
        if (born.Earliest > today)
        {
            fields.Add("date_of_birth", FaultCode.FutureDate);
        }
        return born;
    }

    /// <summary>"Mũi 2" is what the paper says.</summary>
    static string? WithoutWord(string? typed)
    {
        const string dose = "mũi ";
        var text = typed is { Length: <= 20 } ? CanonicalText.ToNfc(typed.Trim()) : null;
        return text?.StartsWith(dose, StringComparison.OrdinalIgnoreCase) == true ? text[dose.Length..] : typed;
    }

    static string Nationality(RecordRow row, FieldReader fields)
    {
        var code = fields.Text("nationality", row.Nationality, 20).ToUpperInvariant();
        if (code.Length == 0)
        {
            return "VNM";
        }
        if (!Nationalities.IsKnown(code))
        {
            fields.Add("nationality", FaultCode.BadNationality);
        }
        return code;
    }

    static LicensedProduct? Product(RecordRow row, FieldReader fields, LicensedProducts products)
    {
        var text = fields.Required("product", row.Product, 60);
        var product = products.Find(text);
        if (text.Length > 0 && product is null)
        {
            fields.Add(
                "product", FaultCode.UnknownProduct,
                Expected.OneOf(products.All.Select(known => known.Names.FirstOrDefault(known.Code))));
        }
        return product;
    }

    static DateOnly? VaccinatedOn(
        RecordRow row, FieldReader fields, CheckContext context, PartialDate? born, LicensedProduct? product)
    {
        var text = fields.Required("vaccinated_on", row.VaccinatedOn, 20);
        if (text.Length == 0)
        {
            return null;
        }
        if (!PartialDate.TryParse(text, out var date))
        {
            fields.Add("vaccinated_on", FaultCode.BadDate);
            return null;
        }
        if (date.Complete is not { } day)
        {
            fields.Add("vaccinated_on", FaultCode.IncompleteDate);
            return null;
        }
        if (day > context.Today)
        {
            fields.Add("vaccinated_on", FaultCode.FutureDate);
        }
        if (day < FirstDoseAnywhere)
        {
            fields.Add("vaccinated_on", FaultCode.DateTooEarly);
        }
        if (born is { } birth && day < birth.Earliest)
        {
            fields.Add("vaccinated_on", FaultCode.BeforeBirth);
        }
        if (product is null)
        {
            return day;
        }
        var unlicensed = born is { } known ? context.Plausibility.FindUnlicensed(product.Code, day, known) : null;
        if (unlicensed is { IsTooYoung: true })
        {
            fields.Add("date_of_birth", FaultCode.TooYoung);
        }
        if (day < product.LicensedFrom || unlicensed is { IsTooYoung: false })
        {
            fields.Add("vaccinated_on", FaultCode.BeforeLicence);
        }
        return day;
    }
}
