using System.Text;
using Issuer.Server.Features.Records;
using Issuer.Tests.Pki;

namespace Issuer.Tests.Campaign;

public sealed class TableFileTests : IDisposable
{
    const string Header =
        "reference,facility,full_name,sex,date_of_birth,identity_number,product,vaccinated_on";

    const string Row = "1,79001,Nguyễn Văn An,Nam,1985-02-03,079085000001,AstraZeneca,2021-08-30";

    readonly Folder folder = new();

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void A_plain_file_is_read(string newline)
    {
        var file = Open(string.Join(newline, Header, Row, Row, ""));

        Assert.Equal(("records", 2, ','), (file.Kind.Name, file.Rows, file.Delimiter));
        Assert.All(file.Read(), row => Assert.Equal("Nguyễn Văn An", row["full_name"]));
        Assert.Equal([2, 3], file.Read().Select(row => row.Line));
    }

    [Fact]
    public void A_byte_order_mark_and_semicolons_are_taken()
    {
        var file = Open("\uFEFF" + $"{Header}\n{Row}\n".Replace(',', ';'));

        Assert.Equal(("1", "2021-08-30"), (file.Read().Single()["reference"], file.Read().Single()["vaccinated_on"]));
    }

    [Theory]
    [InlineData(NormalizationForm.FormC)]
    [InlineData(NormalizationForm.FormD)]
    public void Vietnamese_headers_are_taken_in_any_order_and_form(NormalizationForm form)
    {
        var file = Open((
            "Ngày tiêm,SỐ LÔ,Tên vắc xin,Số CCCD/CMND,Ngày sinh,Giới tính,Họ và tên,Cơ sở tiêm chủng,Mã tham chiếu\n"
            + "2021-08-30,ABV1,AstraZeneca,079085000001,1985,Nam,An,79001,1\n").Normalize(form));

        var row = file.Read().Single();
        Assert.Equal(("1", "79001", "An"), (row["reference"], row["facility"], row["full_name"]));
        Assert.Equal(("ABV1", "2021-08-30"), (row["lot"], row["vaccinated_on"]));
        Assert.Empty(file.UnknownColumns);
    }

    [Fact]
    public void Headers_typed_without_diacritics_are_taken()
    {
        var file = Open(
            "Ma tham chieu,Co so,Ho,Chu dem va ten,Gioi tinh,Ngay sinh,So dinh danh,Vac xin,Ngay tiem,Mui so\n");

        Assert.Equal((0, "records"), (file.Rows, file.Kind.Name));
        Assert.Empty(file.UnknownColumns);
    }

    [Fact]
    public void Blank_lines_are_no_rows_and_short_rows_lack_their_last_cells()
    {
        var file = Open($"{Header}\n\n{Row}\n,,,,,,,\n   \n2,79001\n\n");

        Assert.Equal(2, file.Rows);
        Assert.Equal(["Nguyễn Văn An", null], file.Read().Select(row => row["full_name"]));
    }

    [Fact]
    public void Unknown_columns_are_named_and_not_read() =>
        Assert.Equal(["ghi chú"], Open($"{Header},ghi chú\n{Row},x\n").UnknownColumns);

    [Theory]
    [InlineData("", "empty")]
    [InlineData("reference;facility\n", "column product is missing")]
    [InlineData(Header + ",Mã tham chiếu\n", "column reference appears twice")]
    [InlineData("Danh sách\n\nNgười lập\n", "no known column in the first rows")]
    public void A_broken_file_is_refused_with_its_place(string content, string expected)
    {
        Assert.True(TableFile.Open(Write(content), CsvKind.All).IsRefused(out var why, out _));
        Assert.Contains(expected, why.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void All_missing_columns_are_named_at_once()
    {
        Assert.True(TableFile.Open(Write("reference,facility\n"), [CsvKind.Records]).IsRefused(out var why, out _));
        Assert.All(
            ["family_name or given_name or full_name", "sex", "date_of_birth", "identity_number", "product",
                "vaccinated_on"],
            (string column) => Assert.Contains($"column {column} is missing", why.Detail, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("\"1,79001,An,Nam,1985,1,AstraZeneca,2021-08-30", "stray-quote")]
    [InlineData("1,\"79001\"x,An,Nam,1985,1,AstraZeneca,2021-08-30", "stray-quote")]
    [InlineData("1,79001,\"An,Nam,1985,1,AstraZeneca,2021-08-30", "stray-quote")]
    [InlineData("1,79001,An \"Bé,Nam,1985,1,AstraZeneca,2021-08-30", "stray-quote")]
    [InlineData("1,79001,An,Nam,1985,1,AstraZeneca,\"2021-08-30", "stray-quote")]
    [InlineData("1,79001,An,Nam,1985,1,AstraZeneca,2021-08-30,x,y", "extra-cells")]
    [InlineData("1,79001,\"An\nBé\",Nam,1985,1,AstraZeneca,2021-08-30", null)]
    [InlineData("1,79001, \"An\" ,Nam,1985,1,AstraZeneca,2021-08-30,,", null)]
    [InlineData("1,79001,=\"An\",Nam,1985,1,AstraZeneca,2021-08-30", null)]
    public void One_bad_cell_costs_its_own_row_and_no_other(string row, string? fault)
    {
        var others = string.Concat(Enumerable.Repeat(Row + "\n", 30));
        foreach (var end in new[] { "", $"2,79001,\"Lê \"\"Bé\"\"\",Nữ,1985,1,AstraZeneca,2021-08-30\n" })
        {
            var rows = Open($"{Header}\n{Row}\n{row}\n{others}{end}").Read().ToList();

            Assert.Equal(32 + (end.Length > 0 ? 1 : 0), rows.Count);
            Assert.Equal(fault, rows[1].Faults.SingleOrDefault()?.Code);
            Assert.Equal(1, rows.Count(r => r.Faults.Count > 0) + (fault is null ? 1 : 0));
            Assert.Equal(3, rows[1].Line);
            Assert.All(rows.Skip(2).Take(30), other => Assert.Equal("Nguyễn Văn An", other["full_name"]));
        }
    }

    [Fact]
    public void A_line_of_two_megabytes_is_one_refused_row()
    {
        var rows = Open($"{Header}\n{new string('a', 2_000_000)}\n{Row}\n").Read().ToList();

        Assert.Equal([1, 0], rows.Select(row => row.Faults.Count));
        Assert.True(rows[0].Cells.Sum(cell => cell.Length) < 100);
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("windows-1258")]
    public void Any_other_encoding_than_UTF_8_is_told_as_such(string encoding)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        foreach (var withMark in new[] { true, false })
        {
            var encoder = Encoding.GetEncoding(encoding);
            byte[] mark = withMark ? encoder.GetPreamble() : [];
            var path = folder.File("x.csv", [.. mark, .. encoder.GetBytes($"{Header}\n{Row}\n")]);

            Assert.True(TableFile.Open(path, CsvKind.All).IsRefused(out var why, out _));
            Assert.Contains("not UTF-8", why.Detail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_file_that_is_not_there_is_refused() =>
        Assert.True(TableFile.Open(Path.Combine(folder.Path, "no.csv"), CsvKind.All).IsRefused(out _, out _));

    public void Dispose() => folder.Dispose();

    TableFile Open(string content)
    {
        Assert.False(TableFile.Open(Write(content), CsvKind.All).IsRefused(out var why, out var file), why?.Detail);
        return file!;
    }

    string Write(string content) => folder.File("x.csv", Encoding.UTF8.GetBytes(content));
}
