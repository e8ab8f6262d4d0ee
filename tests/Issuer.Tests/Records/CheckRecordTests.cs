using Issuer.Core.Records;

namespace Issuer.Tests.Records;

public class CheckRecordTests
{
    static readonly LotBook Lots = new(
        [new Lot("EU/1/21/1529", "ABV1", Given.Facility, new DateOnly(2021, 8, 1), 100)],
        new Dictionary<string, IReadOnlyList<string>>());

    public static TheoryData<string, string, RecordRow> Faulty => new()
    {
        { "reference", "missing", Given.Row() with { Reference = null } },
        { "reference", "too-long", Given.Row() with { Reference = new string('1', 65) } },
        { "reference", "formula", Given.Row() with { Reference = "=1+1" } },
        { "facility", "missing", Given.Row() with { Facility = " " } },
        { "facility", "unknown-facility", Given.Row() with { Facility = "40404" } },
        { "full_name", "missing", Given.Row() with { FamilyName = null, GivenName = "" } },
        { "given_name", "no-letter", Given.Row() with { GivenName = "123" } },
        { "given_name", "too-long", Given.Row() with { GivenName = new string('a', 81) } },
        { "family_name", "formula", Given.Row() with { FamilyName = "@SUM(A1)" } },
        { "family_name", "formula", Given.Row() with { FamilyName = " +84" } },
        { "given_name", "control-character", Given.Row() with { GivenName = "Văn\u202EAn" } },
        { "given_name", "control-character", Given.Row() with { GivenName = "Văn\u0000An" } },
        { "given_name", "control-character", Given.Row() with { GivenName = "Văn\u200BAn" } },
        { "given_name", "control-character", Given.Row() with { GivenName = "Văn\uD83DAn" } },
        { "given_name", "control-character", Given.Row() with { GivenName = "An\uDC00" } },
        { "given_name", "control-character", Given.Row() with { GivenName = "An\U000E0041" } },
        { "given_name", "control-character", Given.Row() with { GivenName = "An\U000F0000" } },
        { "sex", "missing", Given.Row() with { Sex = "" } },
        { "sex", "missing", Given.Row() with { Sex = "không có" } },
        { "sex", "bad-sex", Given.Row() with { Sex = "X" } },
        { "date_of_birth", "missing", Given.Row() with { DateOfBirth = null } },
        { "date_of_birth", "bad-date", Given.Row() with { DateOfBirth = "30/02/1985" } },
        { "date_of_birth", "future-date", Given.Row() with { DateOfBirth = "2027" } },
        { "identity_type", "bad-identity-type", Given.Row() with { IdentityType = "GPLX" } },
        { "nationality", "bad-nationality", Given.Row() with { Nationality = "nga" } },
        { "nationality", "bad-nationality", Given.Row() with { Nationality = "QQQ", IdentityType = "PASSPORT" } },
        { "product", "missing", Given.Row() with { Product = null } },
        { "product", "unknown-product", Given.Row() with { Product = "Nanocovax" } },
        { "lot", "control-character", Given.Row() with { Lot = "A\tB" } },
        { "dose_number", "bad-dose-number", Given.Row() with { DoseNumber = "0" } },
        { "dose_number", "bad-dose-number", Given.Row() with { DoseNumber = "10" } },
        { "dose_number", "bad-dose-number", Given.Row() with { DoseNumber = "hai" } },
        { "dose_number", "formula", Given.Row() with { DoseNumber = "-1" } },
        { "dose_kind", "bad-dose-kind", Given.Row() with { DoseKind = "third" } },
        { "vaccinated_on", "missing", Given.Row() with { VaccinatedOn = "" } },
        { "vaccinated_on", "bad-date", Given.Row() with { VaccinatedOn = "2021-13-01" } },
        { "vaccinated_on", "bad-date", Given.Row() with { VaccinatedOn = "445" } },
        { "vaccinated_on", "month-before-day", Given.Row() with { VaccinatedOn = "08/30/2021" } },
        { "vaccinated_on", "two-digit-year", Given.Row() with { VaccinatedOn = "25/03/22" } },
        { "date_of_birth", "date-too-early", Given.Row() with { DateOfBirth = "01/01/1900" } },
        { "given_name", "damaged-letters", Given.Row() with { GivenName = "V?n" } },
        { "lot", "spreadsheet-error", Given.Row() with { Lot = "#N/A" } },
        { "vaccinated_on", "incomplete-date", Given.Row() with { VaccinatedOn = "2021-08" } },
        { "vaccinated_on", "future-date", Given.Row() with { VaccinatedOn = "2026-03-02" } },
        { "vaccinated_on", "date-too-early", Given.Row() with { VaccinatedOn = "2020-11-30" } },
        { "vaccinated_on", "before-birth", Given.Row() with { DateOfBirth = "2021-09-01" } },
        { "corrects", "bad-version", Given.Row() with { Corrects = "eins" } },
        { "lot", "unknown-lot", Given.Row() with { Lot = "ZZZ" } },
        { "lot", "expired-lot", Given.Row() with { Lot = "ABV1" } },
        { "date_of_birth", "too-young", Given.Row() with { DateOfBirth = "2010-01-01" } },
        { "vaccinated_on", "before-licence", Given.Row() with { VaccinatedOn = "2021-01-31" } },
        { "identity_number", "identity-disagrees", Given.Row() with { Sex = "F" } },
        { "identity_number", "identity-disagrees", Given.Row() with { DateOfBirth = "1986" } },
    };

    [Theory]
    [InlineData("2026-03-01", "2026-03-01", null)]
    [InlineData("2026-03-02", "2026-03-01", "date_of_birth future-date")]
    [InlineData("2021-09-01", "2021-09-01", null)]
    [InlineData("2021-09-01", "2021-08-31", "vaccinated_on before-birth")]
    [InlineData("2021-09", "2021-09-01", null)]
    [InlineData("2021-09", "2021-08-31", "vaccinated_on before-birth")]
    public void Somebody_may_be_born_today_and_vaccinated_on_the_day_of_birth(
        string born, string vaccinatedOn, string? fault)
    {
        var faults = CheckRecord.Check(
            Given.Row() with { DateOfBirth = born, VaccinatedOn = vaccinatedOn, Lot = "" }, Given.Context).HardFaults;

        Assert.Equal(
            fault, faults.Select(f => $"{f.Field} {f.Code}")
                .FirstOrDefault(f => fault is null || f == fault));
    }

    /// <summary>Told by the store or by the caller's rights, never by the row alone.</summary>
    static readonly string[] FromElsewhere =
    [
        "not-your-facility", "known-reference", "wrong-version", "nothing-to-correct", "reference-is-fixed",
        "withdrawn", "too-often", "ambiguous-date", "reference-reused", "shared-number", "answered-later",
    ];

    [Theory]
    [MemberData(nameof(Faulty))]
    public void A_fault_is_named_with_its_field(string field, string code, RecordRow row)
    {
        var check = CheckRecord.Check(row, Given.Context with { Lots = Lots });

        Assert.Contains((field, code), check.Faults.Select(f => (f.Field, f.Code)));
        Assert.Equal(check.HardFaults.Any(), check.Record is null);
    }

    [Fact]
    public void Too_young_is_one_fault_and_not_yet_another() => Assert.Equal(
        ["date_of_birth:too-young", "vaccinated_on:before-licence"],
        new[] { ("AstraZeneca", "2010-01-01"), ("Pfizer", "2008-01-01") }.SelectMany(dose => CheckRecord.Check(
            Given.Row() with { Product = dose.Item1, DateOfBirth = dose.Item2, VaccinatedOn = "2021-09-01" },
            Given.Context).Faults.Where(fault => fault.Field != "identity_number")
            .Select(fault => $"{fault.Field}:{fault.Code}")));

    [Fact]
    public void Every_fault_has_a_row_that_raises_it() => Assert.Equal(
        Enum.GetValues<FaultCode>().Select(code => code.ToWire()).Except(FromElsewhere).Order(),
        Faulty.Select(row => (string)((object[])row)[1]).Distinct().Order());

    [Fact]
    public void Every_fault_speaks_both_languages()
    {
        List<Fault> faults =
        [
            .. Enum.GetValues<FaultCode>().Select(code => new Fault("x", code)),
            .. Enum.GetValues<RequestFaultCode>().Select(code => new Fault("x", code)),
        ];

        Assert.All(faults, fault => Assert.True(fault.English.Length > 4 && fault.Vietnamese.Length > 4));
        Assert.Equal(faults.Count, faults.Select(f => f.Vietnamese).Distinct().Count());
        Assert.All(faults, fault => Assert.NotEqual(fault.English, fault.Vietnamese));
    }

    [Fact]
    public void No_code_is_in_both_lists() => Assert.Empty(
        Enum.GetNames<FaultCode>().Intersect(Enum.GetNames<RequestFaultCode>()));

    [Fact]
    public void A_fault_that_was_kept_is_read_again()
    {
        Assert.All(Enum.GetValues<FaultCode>(), code => Assert.Equal(new("x", code), Fault.Kept("x", code.ToWire())));
        Assert.All(
            Enum.GetValues<RequestFaultCode>(), code => Assert.Equal(new("x", code), Fault.Kept("x", code.ToWire())));
    }

    [Fact]
    public void What_is_missing_is_told_once_and_as_missing() => Assert.Equal(
        [
            "reference:missing", "facility:missing", "full_name:missing", "sex:missing", "date_of_birth:missing",
            "product:missing", "vaccinated_on:missing",
        ],
        FaultsOf(new RecordRow()));

    [Theory]
    [InlineData("2020-11-30", "2020-12-02", "vaccinated_on:date-too-early vaccinated_on:before-birth vaccinated_on:before-licence")]
    [InlineData("2020-12-01", "1985", "vaccinated_on:before-licence")]
    [InlineData("2021-02-01", "1985", "")]
    public void Every_fault_of_a_date_is_told_and_its_first_day_is_none(string day, string born, string faults) =>
        Assert.Equal(faults, string.Join(' ', FaultsOf(Given.Row() with { VaccinatedOn = day, DateOfBirth = born })
            .Where(fault => fault.StartsWith("vaccinated_on", StringComparison.Ordinal))));

    [Theory]
    [InlineData("7900100000000000000000000000000001", "facility:too-long")]
    [InlineData("79\u0000001", "facility:control-character")]
    [InlineData("=79001", "facility:formula")]
    [InlineData("40404", "facility:unknown-facility")]
    public void What_cannot_be_read_is_not_looked_up(string facility, string fault)
    {
        Assert.Equal([fault], FaultsOf(Given.Row() with { Facility = facility }));
        Assert.Equal(
            ["facility:too-long"], FaultsOf(Given.Row() with { Facility = new string('7', 2000) }));
    }

    [Fact]
    public void White_space_around_a_text_counts_only_up_to_four_times_its_limit()
    {
        Assert.Equal("1", Given.Record(Given.Row() with { Reference = "1".PadLeft(4 * 64) }).Reference);
        Assert.Equal(["reference:too-long"], FaultsOf(Given.Row() with { Reference = "1".PadLeft((4 * 64) + 1) }));
        Assert.Equal(64, Given.Record(Given.Row() with { Reference = new string('1', 64) }).Reference.Length);
    }

    [Theory]
    [InlineData("2", 2)]
    [InlineData("9", 9)]
    [InlineData("2.0", 2)]
    [InlineData("mũi 2", 2)]
    [InlineData("MŨI 3", 3)]
    [InlineData("Mu\u0303i 2", 2)]
    [InlineData("               mũi 2", 2)]
    [InlineData("", null)]
    public void A_dose_number_is_understood_as_it_stands_on_paper(string typed, int? number) =>
        Assert.Equal(number, Given.Record(Given.Row() with { DoseNumber = typed }).DoseNumber);

    [Theory]
    [InlineData("mũi hai")]
    [InlineData("mũi")]
    [InlineData("2.5")]
    [InlineData("2.00")]
    public void A_dose_number_that_is_none_is_refused(string typed) =>
        Assert.Equal(["dose_number:bad-dose-number"], FaultsOf(Given.Row() with { DoseNumber = typed }));

    [Fact]
    public void Whoever_names_no_country_is_Vietnamese_and_what_cannot_be_read_is_named_by_its_field()
    {
        Assert.Equal("VNM", Given.Record(Given.Row() with { Nationality = null }).Nationality);
        Assert.Contains("nationality:control-character", FaultsOf(Given.Row() with { Nationality = "K\u0000R" }));
    }

    [Fact]
    public void Only_a_list_that_may_be_chosen_from_is_told_with_a_fault()
    {
        Assert.Null(Assert.Single(CheckRecord.Check(Given.Row() with { Sex = "X" }, Given.Context).Faults).Expected);
        Assert.Contains(
            "AstraZeneca",
            Assert.Single(CheckRecord.Check(Given.Row() with { Product = "Nanocovax" }, Given.Context).Faults)
                .Expected!.English,
            StringComparison.Ordinal);
    }

    static IEnumerable<string> FaultsOf(RecordRow row) =>
        CheckRecord.Check(row, Given.Context).Faults.Select(fault => $"{fault.Field}:{fault.Code}");

    [Fact]
    public void Ten_faults_are_named_at_once()
    {
        var check = CheckRecord.Check(
            new RecordRow
            {
                Reference = "=A1", Facility = "40404", FullName = "12", Sex = "?", DateOfBirth = "30/02/1985",
                IdentityType = "GPLX", Nationality = "Atlantis", Product = "Nanocovax", DoseNumber = "99",
                DoseKind = "x", VaccinatedOn = "2021-13-01", Corrects = "0",
            },
            Given.Context);

        Assert.Equal(
            ["corrects", "date_of_birth", "dose_kind", "dose_number", "facility", "full_name", "identity_type",
                "nationality", "product", "reference", "sex", "vaccinated_on"],
            check.HardFaults.Select(f => f.Field).Order());
    }

    [Fact]
    public void A_cell_of_two_megabytes_is_too_long_and_nothing_else()
    {
        var huge = new string('ễ', 2_000_000);
        var check = CheckRecord.Check(Given.Row() with { GivenName = huge, Lot = huge, Sex = huge }, Given.Context);

        Assert.Equal(
            [("given_name", "too-long"), ("lot", "too-long"), ("sex", "too-long")],
            check.HardFaults.Select(f => (f.Field, f.Code)).Order());
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("", "CCCD")]
    [InlineData("79085000001", "CCCD")]
    [InlineData("079 085 000 001", "CMND")]
    [InlineData("không có", "")]
    public void A_missing_or_malformed_identity_number_is_no_fault(string? number, string? type)
    {
        var check = CheckRecord.Check(
            Given.Row() with { IdentityNumber = number, IdentityType = type }, Given.Context);

        Assert.Empty(check.HardFaults);
        Assert.Equal(number is "không có" ? "" : number ?? "", check.Record!.IdentityNumber);
    }

    [Theory]
    [InlineData("Nam", Sex.Male)]
    [InlineData("NỮ", Sex.Female)]
    [InlineData("Nu\u031B\u0303", Sex.Female)]
    [InlineData(" f ", Sex.Female)]
    [InlineData("m", Sex.Male)]
    public void Sexes_are_understood_in_both_languages(string typed, Sex expected) =>
        Assert.Equal(expected, Given.Record(Given.Row() with { Sex = typed }).Sex);

    [Fact]
    public void Vietnamese_words_are_understood_everywhere()
    {
        var record = Given.Record(Given.Row() with
        {
            IdentityType = "Hộ chiếu",
            Product = "vero cell",
            DoseKind = "Nhắc lại",
            DateOfBirth = "3/2/1985",
            VaccinatedOn = "30/8/2021",
            Nationality = "kor",
        });

        Assert.Equal(
            (IdentityType.Passport, "BBIBP-CorV", DoseKind.Booster, "1985-02-03", new DateOnly(2021, 8, 30), "KOR"),
            (record.IdentityType, record.Product, record.DoseKind, record.DateOfBirth.ToString(), record.VaccinatedOn,
                record.Nationality));
    }

    [Theory]
    [InlineData("Nguyễn", "Văn  An ", null, "Nguyễn", "Văn An")]
    [InlineData(null, null, "Nguyễn Văn An", "", "Nguyễn Văn An")]
    [InlineData("Nay", null, null, "", "Nay")]
    [InlineData(null, "Nay", null, "", "Nay")]
    [InlineData("Y", "Ơk Ksơr", "ignored", "Y", "Ơk Ksơr")]
    [InlineData("Nguye\u0302\u0303n", "An", null, "Nguyễn", "An")]
    public void Names_are_kept_in_NFC_with_single_spaces(
        string? family, string? given, string? full, string keptFamily, string keptGiven)
    {
        var record = Given.Record(Given.Row() with { FamilyName = family, GivenName = given, FullName = full });

        Assert.Equal((keptFamily, keptGiven), (record.FamilyName, record.GivenName));
    }

    [Fact]
    public void No_fault_repeats_what_was_typed()
    {
        var texts = Faulty.SelectMany(row => CheckRecord.Check((RecordRow)((object[])row)[2], Given.Context).Faults)
            .Select(f => f.ToString());

        Assert.All(texts, text => Assert.DoesNotContain("Nguyễn", text, StringComparison.Ordinal));
        Assert.All(texts, text => Assert.DoesNotContain("Nanocovax", text, StringComparison.Ordinal));
    }
}
