using System.Text;
using Issuer.Core.Records;
using Issuer.Server.Features.Records;
using Issuer.Tests.Pki;

namespace Issuer.Tests.Campaign;

/// <summary>Files from the field, each with its right answer, and siblings of their kinds.</summary>
public sealed class ClerkFilesTests : IDisposable
{
    static readonly CheckContext Context = Given.Context with
    {
        Today = new DateOnly(2026, 11, 30),
        Facilities = new HashSet<string> { "01-0001", "79-0002" },
    };

    readonly Folder folder = new();

    [Theory]
    [InlineData("equals-quoted", "R1 R2", "")]
    [InlineData("title-row", "R1 R2", "")]
    [InlineData("header-linebreak", "R1 R2", "")]
    [InlineData("month-day-dates", "", "M0 M1 M2 M3")]
    [InlineData("birth-forms", "B0 B1 B2 B3 B4 B5 B6 B7 B8 B11", "B9 B10 B12 B13")]
    [InlineData("formula-roundtrip", "", "RT1")]
    [InlineData("tricky-cells", "N1 N2 N4 N5 N6", "N3 N7")]
    public void Every_row_is_in_or_asked_about(string file, string read, string asked)
    {
        var rows = Checked(Case(file));

        Assert.Equal(read, string.Join(' ', rows.Where(r => r.Check.Record is not null).Select(r => r.Reference)));
        Assert.Equal(asked, string.Join(' ', rows.Where(r => r.Check.Record is null).Select(r => r.Reference)));
    }

    [Fact]
    public void Dates_are_read_where_one_meaning_is_certain()
    {
        var rows = Checked(Case("date-forms"));

        Assert.All(
            rows.Where(r => r.Check.Record is not null && r.Reference is not "D25"),
            r => Assert.Equal(new DateOnly(2022, 3, 25), r.Check.Record!.VaccinatedOn));
        Assert.Equal(
            [
                "D1:two-digit-year", "D2:month-before-day", "D3:ambiguous-date", "D22:future-date", "D23:future-date",
                "D24:bad-date",
            ],
            rows.Where(r => r.Check.Record is null).Select(r => $"{r.Reference}:{r.Check.HardFaults.Single().Code}"));
    }

    [Fact]
    public void What_a_paper_leaves_open_of_a_birth_date_is_left_open() => Assert.Equal(
        ["1985", "1985", "1985", "1985", "1985-03", "1985-03", "1985-03", "1985", "1985-01-02", "1985-08-15"],
        Checked(Case("birth-forms")).Select(r => r.Check.Record?.DateOfBirth.ToString()).OfType<string>());

    [Fact]
    public void One_value_with_the_month_first_makes_questions_of_its_neighbours_alone()
    {
        var file = Open(Encoding.UTF8.GetBytes(
            "reference,full_name,sex,date_of_birth,identity_number,product,vaccinated_on\n"
            + "1,An,Nam,1985,,Pfizer,04/28/2022\n2,An,Nam,1985,,Pfizer,3/4/2022\n3,An,Nam,1985,,Pfizer,4/4/2022\n"
            + "4,An,Nam,1985,,Pfizer,28/04/2022\n5,An,Nam,1985,,Pfizer,2022-04-03\n6,An,Nam,1985,,Pfizer,44654\n"
            + "7,An,Nam,1985,,Pfizer,3-4-2022\n"));

        Assert.Equal(["vaccinated_on"], file.AmbiguousColumns);
        Assert.Equal(["2", "6", "7"], file.Read().Where(row => row.Faults.Count > 0).Select(row => row["reference"]));
        Assert.Equal(["1", "2", "6", "7"], Checked(file).Where(r => r.Check.Record is null).Select(r => r.Reference));
    }

    [Fact]
    public void Single_damaged_names_are_refused_rows()
    {
        var refused = Checked(Case("damaged-names")).Where(r => r.Check.Faults.Any(f => f.Code == "damaged-letters"));

        Assert.Equal(["N0", "N1", "N2", "N3"], refused.Select(r => r.Reference));
    }

    [Theory]
    [InlineData("Nguy?n V?n An", "letters were lost")]
    [InlineData("Nguy\uFFFDn V\uFFFDn An", "letters were lost")]
    [InlineData("Nguyá»…n VÄƒn An", "letters were misread")]
    [InlineData("Nguyá»\u0085n VÄ\u0083n An", "letters were misread")]
    [InlineData("NguyÔn V¨n An", "TCVN3 or VNI")]
    [InlineData("Nguyeãn Vaên An", "TCVN3 or VNI")]
    public void A_file_of_damaged_names_is_one_fault_of_the_file(string name, string said)
    {
        var rows = string.Concat(Enumerable.Range(1, 6).Select(n => $"{n},{name},Nam,1985,,Pfizer,2022-03-25\n"))
            + "7,Le Hai,Nam,1985,,Pfizer,2022-03-25\n";
        var refused = TableFile.Open(
            Write(Encoding.UTF8.GetBytes(
                $"reference,full_name,sex,date_of_birth,identity_number,product,vaccinated_on\n{rows}")),
            [CsvKind.Records], "facility").IsRefused(out var why, out _);

        Assert.True(refused);
        Assert.Contains(said, why!.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain(name, why.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_whose_letters_are_lost_is_told_as_that()
    {
        Assert.True(TableFile.Open(
            Write("Mã;H? và tên;Gi?i tính;Ngày sinh;S? CCCD;V?c xin;Ngày tiêm\n"u8.ToArray()), [CsvKind.Records])
            .IsRefused(out var why, out _));
        Assert.StartsWith("letters were lost", why.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_clerks_own_list_is_in_or_asked_about_in_words_she_understands()
    {
        var file = Case("messy-clerk");
        var rows = Checked(file);

        Assert.Equal(40, rows.Count);
        Assert.Equal(["STT", "Điện thoại", "Địa chỉ"], file.UnknownColumns);
        // A month before its day (13, 14), its neighbours, and a day that no calendar has (37).
        var asked = rows.Where(r => r.Check.Record is null).ToList();
        Assert.All(asked, r => Assert.NotEmpty(r.Check.HardFaults));
        Assert.Equal(
            ["ambiguous-date", "bad-date", "future-date", "month-before-day"],
            asked.SelectMany(r => r.Check.HardFaults).Select(f => f.Code).Distinct().Order());
        var read = rows.Where(r => r.Check.Record is not null).Select(r => r.Check.Record!).ToList();
        Assert.Contains(read, r => (r.GivenName, r.DateOfBirth.ToString()) == ("Dlơk", "2010"));
        Assert.Contains(read, r => r.DoseKind == DoseKind.Booster && r.DoseNumber is null);
        Assert.Contains(read, r => (r.IdentityType, r.Product) == (IdentityType.Birth, "EU/1/20/1528"));
        Assert.Contains(read, r => r.VaccinatedOn == new DateOnly(2022, 8, 5) && r.GivenName == "Nguyễn Văn Mẫn Sớm");
    }

    [Fact]
    public void Text_and_semicolons_and_a_list_in_a_single_sheet_are_told_by_their_header()
    {
        foreach (var separator in new[] { ',', ';', '\t', '|' })
        {
            var rows = Checked(Open(Encoding.UTF8.GetBytes(
                "Trạm y tế A, huyện B; tỉnh C\n\nMã;Số\n"
                + "Mã tham chiếu;Họ và tên;Giới tính;Ngày sinh;CCCD;Vắc xin;Ngày tiêm\n".Replace(';', separator)
                + "1;Nguyễn Văn An;Nam;1985;;Pfizer;25/03/2022\n".Replace(';', separator)
                + "Mã tham chiếu;Họ và tên;Giới tính;Ngày sinh;CCCD;Vắc xin;Ngày tiêm\n".Replace(';', separator)
                + "2;Nguyễn Văn Bảo;Nam;1985;-;Pfizer;25/03/2022\n".Replace(';', separator))));

            Assert.Equal(["1", "2"], rows.Select(r => r.Reference));
            Assert.All(rows, r => Assert.NotNull(r.Check.Record));
        }
    }

    public void Dispose() => folder.Dispose();

    static string PathOf(string file) =>
        Path.Combine(Repository.Root, "tests/Issuer.Tests/Campaign/cases", $"{file}.csv");

    static TableFile Case(string file) => Opened(PathOf(file));

    TableFile Open(byte[] content) => Opened(Write(content));

    string Write(byte[] content) => folder.File("x.csv", content);

    static TableFile Opened(string path)
    {
        Assert.False(
            TableFile.Open(path, [CsvKind.Records], "facility").IsRefused(out var why, out var file), why?.Detail);
        return file!;
    }

    /// <summary>As the facility that the file is from; without a reference a row is called by its line.</summary>
    static List<(string Reference, CheckedRow Check)> Checked(TableFile file) =>
    [
        .. file.Read().Select(row => (row["reference"] ?? $"{row.Line}", CheckRecord.Check(
            CampaignRows.Record(row) with
            {
                Facility = row["facility"] ?? "01-0001", Reference = row["reference"] ?? $"{row.Line}",
            },
            Context))),
    ];
}
