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
    /// <summary>
    /// Where a reference may be derived: those it may be entered under, the first that stands for no other dose. Empty:
    /// the record's own is the only one.
    /// </summary>
    public IReadOnlyList<string> References { get; init; } = [];

    public IEnumerable<Fault> HardFaults => Faults.Where(f => !f.IsWarning);
}

/// <summary>Step 2: structure, dates, product, lot. Every fault of a record at once; pure.</summary>
public static class CheckRecord
{
    /// <summary>Before the first dose of any licensed product was given anywhere.</summary>
    static readonly DateOnly FirstDoseAnywhere = new(2020, 12, 1);

    static readonly DateOnly OldestBirth = new(1900, 1, 1);

    /// <summary>Nobody was older who was vaccinated; spreadsheets begin to count days in 1900.</summary>
    const int MostYears = 120;

    public static CheckedRow Check(RecordRow row, CheckContext context)
    {
        var faults = new List<Fault>(row.ReadingFaults);
        var fields = new FieldReader(faults);

        var reference = row.References == ReferenceSource.Typed
            ? fields.Required("reference", row.Reference, 64)
            : fields.Text("reference", row.Reference, 64);
        var facility = fields.Required("facility", row.Facility, 32);
        if (facility.Length > 0 && !context.Facilities.Contains(facility))
        {
            faults.Add(new Fault("facility", FaultCode.UnknownFacility));
        }
        var nationality = Nationality(row, fields);
        var (familyName, givenName) = Name(row, fields, nationality == "VNM");
        var sex = fields.Choice("sex", row.Sex, Vocabulary.Sexes, FaultCode.BadSex);
        if (sex is null)
        {
            // What is written there and cannot be read has been told.
            fields.Add("sex", FaultCode.Missing);
        }
        var born = DateOfBirth(row, fields, context.Today);
        var identityNumber = IdentityNumbers.AsTyped(row.IdentityNumber);
        var identityType = fields.Choice("identity_type", row.IdentityType, Vocabulary.IdentityTypes,
            FaultCode.BadIdentityType);
        identityType ??= IdentityNumbers.TypeOf(identityNumber, nationality);
        var product = Product(row, fields, context.Products);
        var vaccinatedOn = VaccinatedOn(row, fields, context, born, product);
        var lot = fields.Optional("lot", row.Lot, 40);
        var (doseNumber, doseKind) = Dose(row, fields);
        var corrects = fields.Number("corrects", row.Corrects, 1_000_000, FaultCode.BadVersion);

        if (faults.Exists(f => !f.IsWarning))
        {
            return new CheckedRow(null, corrects, faults);
        }
        var record = new VaccinationRecord
        {
            Facility = facility, Reference = reference, FamilyName = familyName, GivenName = givenName,
            Sex = sex!.Value, DateOfBirth = born!.Value, IdentityType = identityType, IdentityNumber = identityNumber,
            Nationality = nationality, Product = product!.Code, Lot = lot, DoseNumber = doseNumber,
            DoseKind = doseKind, VaccinatedOn = vaccinatedOn!.Value,
        };
        faults.AddRange(context.Lots.Warnings(record));
        faults.AddRange(IdentityNumbers.Warnings(record));
        return Referred(new CheckedRow(record, corrects, faults), row.References);
    }

    /// <summary>With every reference that it may be entered under, where none was typed or it may not be.</summary>
    static CheckedRow Referred(CheckedRow row, ReferenceSource source)
    {
        if (source == ReferenceSource.Typed)
        {
            return row;
        }
        var record = row.Record!;
        string[] derived = [DerivedReference.Of(record), DerivedReference.OfPerson(record)];
        string[] references = record.Reference.Length == 0 ? derived : [record.Reference, .. derived];
        return row with { Record = record with { Reference = references[0] }, References = references };
    }

    static (string Family, string Given) Name(RecordRow row, FieldReader fields, bool isVietnamese)
    {
        var family = fields.Name("family_name", row.FamilyName, isVietnamese);
        var given = fields.Name("given_name", row.GivenName, isVietnamese);
        if (family.Length + given.Length > 0)
        {
            return given.Length == 0 ? ("", family) : (family, given);
        }
        var full = fields.Name("full_name", row.FullName, isVietnamese);
        string?[] typed = [row.FullName, row.FamilyName, row.GivenName];
        if (Array.TrueForAll(typed, name => Vocabulary.IsNothing(name?.Trim() ?? "")))
        {
            fields.Add("full_name", FaultCode.Missing);
        }
        return ("", full);
    }

    static PartialDate? DateOfBirth(RecordRow row, FieldReader fields, DateOnly today)
    {
        var text = fields.Required("date_of_birth", row.DateOfBirth, ReadDate.Longest);
        if (text.Length == 0)
        {
            return null;
        }
        var read = ReadDate.Of(text, OldestBirth, today);
        if (read.Date is not { } born)
        {
            fields.Add("date_of_birth", read.Fault, Expected.YearAlone);
            return null;
        }
        if (born.Earliest > today)
        {
            fields.Add("date_of_birth", FaultCode.FutureDate);
        }
        if (born.Year < today.Year - MostYears)
        {
            fields.Add("date_of_birth", FaultCode.DateTooEarly, Expected.YearAlone);
        }
        return born;
    }

    /// <summary>"Mũi nhắc lại" is a kind and no number, wherever it stands.</summary>
    static (int? Number, DoseKind? Kind) Dose(RecordRow row, FieldReader fields)
    {
        var typed = fields.Optional("dose_number", row.DoseNumber, 40);
        var words = DoseWords.Of(typed);
        var number = fields.Number(
            "dose_number", words.IsRead ? words.Number : typed, 9, FaultCode.BadDoseNumber);
        var kind = fields.Optional("dose_kind", row.DoseKind, 40);
        var named = Vocabulary.DoseKinds.TryGetValue(kind.ToLowerInvariant(), out var known)
            ? known
            : DoseWords.Of(kind).Kind;
        if (kind.Length > 0 && (named is null || (words.Kind is { } other && other != named)))
        {
            fields.Add("dose_kind", FaultCode.BadDoseKind);
        }
        return ((int?)number, named ?? words.Kind);
    }

    static string Nationality(RecordRow row, FieldReader fields)
    {
        var text = fields.Text("nationality", row.Nationality, 60);
        if (text.Length == 0)
        {
            return "VNM";
        }
        if (Nationalities.Find(text) is not { } code)
        {
            fields.Add("nationality", FaultCode.BadNationality);
            return "";
        }
        return code;
    }

    static LicensedProduct? Product(RecordRow row, FieldReader fields, LicensedProducts products)
    {
        var text = fields.Required("product", row.Product, 80);
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
        var text = fields.Required("vaccinated_on", row.VaccinatedOn, ReadDate.Longest);
        if (text.Length == 0)
        {
            return null;
        }
        var read = ReadDate.Of(text, FirstDoseAnywhere, context.Today);
        if (read.Date is not { } date)
        {
            fields.Add("vaccinated_on", read.Fault);
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
