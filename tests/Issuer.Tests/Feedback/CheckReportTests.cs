using Issuer.Core.Feedback;
using Issuer.Core.Records;

namespace Issuer.Tests.Feedback;

public sealed class CheckReportTests
{
    public static ReportRow Row => new()
    {
        Kind = "wrong-date", Facility = Given.Facility, FullName = "Nguyễn Văn A", DateOfBirth = "03/02/1985",
        Product = "AstraZeneca", Lot = "ABV1", VaccinatedOn = "2021-08-30", Evidence = "GXN-01",
    };

    [Fact]
    public void A_report_is_read_with_its_product_as_the_code_and_its_dates_as_days()
    {
        var claim = Claim(Row);

        Assert.Equal((ReportKind.WrongDate, "EU/1/21/1529", "1985-02-03", new DateOnly(2021, 8, 30)),
            (claim.Kind, claim.Product, claim.DateOfBirth.ToString(), claim.VaccinatedOn));
    }

    [Theory]
    [InlineData("N/A")]
    [InlineData("-")]
    [InlineData("không có")]
    public void A_word_for_nothing_is_missing_where_something_is_needed(string nothing)
    {
        var (claim, faults) = CheckReport.Check(
            Row with { Kind = nothing, FullName = nothing, DateOfBirth = nothing, Evidence = nothing }, Given.Context);

        Assert.Null(claim);
        Assert.Contains(faults, fault => fault.Field == "kind");
        var lookUp = new List<Fault>();
        Assert.Null(CheckReport.LookUp(
            new LookUpRow("001185000001", nothing, nothing), Given.Context.Today,
            lookUp));
    }

    [Fact]
    public void Every_fault_is_told_at_once()
    {
        var (claim, faults) = CheckReport.Check(
            new ReportRow
            {
                Kind = "angry", Facility = "nowhere", FullName = "123", DateOfBirth = "never", Product = "Water",
                VaccinatedOn = "2021-08", Lot = new string('x', 41),
            },
            Given.Context);

        Assert.Null(claim);
        Assert.Equal(
            [
                "kind:not-listed", "facility:unknown-facility", "full_name:no-letter", "date_of_birth:bad-date",
                "product:unknown-product", "lot:too-long", "vaccinated_on:incomplete-date", "evidence:missing",
            ],
            faults.Select(f => $"{f.Field}:{f.Code}"));
    }

    [Fact]
    public void A_missing_dose_needs_its_day()
    {
        var (_, faults) = CheckReport.Check(Row with { Kind = "dose-missing", VaccinatedOn = null }, Given.Context);

        Assert.Equal([new Fault("vaccinated_on", FaultCode.Missing)], faults);
    }

    [Fact]
    public void What_is_missing_is_told_once_and_as_missing() => Assert.Equal(
        [
            "kind:missing", "facility:missing", "full_name:missing", "date_of_birth:missing", "evidence:missing",
        ],
        FaultsOf(new ReportRow { Kind = "", Facility = " ", Evidence = " " }));

    [Fact]
    public void Product_lot_and_day_need_not_be_known()
    {
        var claim = Claim(Row with { Product = null, Lot = " ", VaccinatedOn = "" });

        Assert.Equal(("", "", null), (claim.Product, claim.Lot, claim.VaccinatedOn));
    }

    [Theory]
    [InlineData("GXN-01", null)]
    [InlineData(null, "the slip got wet")]
    public void Evidence_or_words_are_enough(string? evidence, string? words)
    {
        var claim = Claim(Row with { Evidence = evidence, Words = words });

        Assert.Equal((evidence ?? "", words ?? ""), (claim.Evidence, claim.Words));
    }

    [Theory]
    [InlineData(200, 500, null)]
    [InlineData(201, 500, "evidence:too-long")]
    [InlineData(200, 501, "text:too-long")]
    public void Evidence_has_200_characters_and_words_500(int evidence, int words, string? fault) => Assert.Equal(
        fault is null ? [] : [fault],
        FaultsOf(Row with { Evidence = new string('e', evidence), Words = new string('w', words) }));

    [Theory]
    [InlineData(60, 40, 32, "product:unknown-product facility:unknown-facility")]
    [InlineData(61, 41, 33, "product:too-long lot:too-long facility:too-long")]
    public void Each_field_has_its_own_limit(int product, int lot, int facility, string faults) => Assert.Equal(
        faults.Split(' ').Order(),
        FaultsOf(Row with
        {
            Product = new string('p', product),
            Lot = new string('l', lot),
            Facility = new string('1', facility),
        }).Order());

    [Theory]
    [InlineData("2026-03-01", "2026-03-01", null)]
    [InlineData("2026-03-02", "2026-03-01", "date_of_birth:future-date")]
    [InlineData("2026-03-01", "2026-03-02", "vaccinated_on:future-date")]
    public void Born_and_vaccinated_today_is_no_fault_and_tomorrow_is(string born, string day, string? fault) =>
        Assert.Equal(fault is null ? [] : [fault], FaultsOf(Row with { DateOfBirth = born, VaccinatedOn = day }));

    [Fact]
    public void A_fault_of_reading_refuses_what_would_be_right_without_it()
    {
        var (claim, faults) = CheckReport.Check(
            Row with { ReadingFaults = [new Fault("kind", RequestFaultCode.BadType)] }, Given.Context);

        Assert.Null(claim);
        Assert.Equal([new Fault("kind", RequestFaultCode.BadType)], faults);
    }

    [Theory]
    [InlineData("079085000001", "VNM:079085000001", null)]
    [InlineData("024000001", "VNM:024000001", null)]
    [InlineData("07908500001", null, "bad-number")]
    [InlineData("B1234567", null, "bad-number")]
    [InlineData("079085000001079085000", null, "too-long")]
    [InlineData("", null, "missing")]
    [InlineData(null, null, "missing")]
    public void The_persons_own_number_is_one_of_the_registrys(string? typed, string? document, string? fault)
    {
        var faults = new List<Fault>();

        Assert.Equal(document, CheckReport.Document(typed, faults));
        Assert.Equal(fault is null ? [] : [fault], faults.Where(f => f.Field == "identity_number")
            .Select(f => f.Code).Distinct());
    }

    [Fact]
    public void The_desk_looks_up_by_number_birth_date_and_name()
    {
        var faults = new List<Fault>();

        var wanted = CheckReport.LookUp(
            new LookUpRow(" =\"079085000001\" ", "03/02/1985", "nguyễn  văn a"), Given.Today, faults);

        Assert.Equal("identity_number:formula", Assert.Single(faults.Select(f => $"{f.Field}:{f.Code}")));
        Assert.Null(wanted);
        faults.Clear();
        Assert.Equal(
            new DeskLookUp("079085000001", PartialDate.Parse("1985-02-03"), "nguyễn văn a"),
            CheckReport.LookUp(new LookUpRow("'079085000001", "03/02/1985", "nguyễn  văn a"), Given.Today, faults));
        Assert.Empty(faults);
    }

    [Theory]
    [InlineData(null, "1985", "An", "identity_number")]
    [InlineData("079085000001", " ", "An", "date_of_birth")]
    [InlineData("079085000001", "1985", null, "full_name")]
    public void Nobody_looks_up_with_less_than_all_three(string? number, string? born, string? name, string missing)
    {
        var faults = new List<Fault>();

        Assert.Null(CheckReport.LookUp(new LookUpRow(number, born, name), Given.Today, faults));
        Assert.Equal([new Fault(missing, FaultCode.Missing)], faults);
    }

    [Fact]
    public void A_record_without_a_number_is_looked_up_by_facility_and_day()
    {
        var faults = new List<Fault>();
        var row = new LookUpRow("", "1985", "An", "79001", "2021-08-30");

        Assert.Equal(
            new DeskLookUp("", PartialDate.Parse("1985"), "An", new EnteredAt("79001", new DateOnly(2021, 8, 30))),
            CheckReport.LookUp(row, Given.Today, faults));
        Assert.Empty(faults);
        Assert.NotNull(CheckReport.LookUp(row with { Number = null }, Given.Today, faults));
        Assert.Null(CheckReport.LookUp(row with { Facility = " " }, Given.Today, faults));
        Assert.Null(CheckReport.LookUp(row with { VaccinatedOn = "2021" }, Given.Today, faults));
        Assert.Equal(
            [new Fault("facility", FaultCode.Missing), new Fault("vaccinated_on", FaultCode.IncompleteDate)], faults);
        faults.Clear();
        Assert.Null(CheckReport.LookUp(row with { VaccinatedOn = null }, Given.Today, faults));
        Assert.Equal([new Fault("vaccinated_on", FaultCode.Missing)], faults);
        // With a number the place and the day count for nothing.
        Assert.Null(CheckReport.LookUp(
            new LookUpRow("079085000001", "1985", "An", "79001", "2021-08-30"), Given.Today, [])!.Entered);
    }

    [Fact]
    public void What_the_desk_cannot_look_up_is_named_by_its_field()
    {
        var faults = new List<Fault>();

        Assert.Null(CheckReport.LookUp(
            new LookUpRow("079085000001", "never", "123", null, null), Given.Today, faults));
        Assert.Equal(["date_of_birth:bad-date", "full_name:no-letter"], faults.Select(f => $"{f.Field}:{f.Code}"));
    }

    [Fact]
    public void What_must_be_on_a_list_is_told_with_the_list() => Assert.Contains(
        "not-mine",
        Assert.Single(CheckReport.Check(Row with { Kind = "angry" }, Given.Context).Faults).Expected!.English,
        StringComparison.Ordinal);

    [Fact]
    public void Every_kind_of_report_is_called_as_the_contract_has_it() => Assert.Equal(
        [
            "dose-missing", "wrong-name", "wrong-birth-date", "wrong-sex", "wrong-number", "wrong-product", "wrong-lot",
            "wrong-date", "wrong-dose-number", "not-mine", "duplicate", "other",
        ],
        CheckReport.KindNames);

    /// <summary>Of a row that has no fault.</summary>
    public static ReportClaim Claim(ReportRow row)
    {
        var (claim, faults) = CheckReport.Check(row, Given.Context);
        Assert.Empty(faults);
        return claim!;
    }

    static IEnumerable<string> FaultsOf(ReportRow row)
    {
        var (claim, faults) = CheckReport.Check(row, Given.Context);
        Assert.Equal(faults.Count == 0, claim is not null);
        return faults.Select(f => $"{f.Field}:{f.Code}");
    }

    [Theory]
    [InlineData("079085000001", "VNM:079085000001")]
    [InlineData("KOR:m1234567", "P:KOR:M1234567")]
    [InlineData("M1234567", "VNM:M1234567")]
    [InlineData("KOREA:M1", "VNM:KOREA:M1")]
    [InlineData("KOR:", "VNM:KOR:")]
    public void The_desk_names_a_document_as_a_login_does(string typed, string document) => Assert.Equal(
        document, new DeskLookUp(typed, PartialDate.Parse("1985"), "An").Document);
}
