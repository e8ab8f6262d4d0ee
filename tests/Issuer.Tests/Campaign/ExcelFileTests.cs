using Issuer.Core.Records;
using Issuer.Server.Features.Records;
using Issuer.Tests.Pki;
using static Issuer.Tests.Campaign.Workbook;

namespace Issuer.Tests.Campaign;

public sealed class ExcelFileTests : IDisposable
{
    static readonly string Header = TextRow(
        "Mã tham\nchiếu", "Họ và tên", "Giới tính", "Ngày sinh", "Số CCCD", "Vắc xin", "Số lô", "Ngày tiêm");

    readonly Folder folder = new();

    [Fact]
    public void A_workbook_is_read_as_its_clerk_sees_it()
    {
        var file = Open(Of([
            TextRow("DANH SÁCH TIÊM CHỦNG"), Row(), Header,
            Row(Text("1"), Text("Nguyễn Văn An"), Text("Nam"), Number(31049, 1), Number(79085000001, 2), Text("Pfizer"),
                Text("-"), Number(44645.5, 3)),
            Row(Number(2), Text(" Lê Thị Bé "), Text("Nữ"), Number(1985), Number(79085000001), Text("Pfizer"),
                Text("'=x"), Text("25/03/2022")),
            Row(Text(""), Text(" ")),
        ]));
        var rows = file.Read().ToList();

        Assert.Equal((2, ';'), (file.Rows, file.Delimiter));
        Assert.Equal(
            ("1", "02/01/1985", "079085000001", "25/03/2022 12:00"),
            (rows[0]["reference"], rows[0]["date_of_birth"], rows[0]["identity_number"], rows[0]["vaccinated_on"]));
        Assert.Equal(
            ("2", "1985", "79085000001", "=x"),
            (rows[1]["reference"], rows[1]["date_of_birth"], rows[1]["identity_number"], rows[1]["lot"]));
        Assert.Equal([4, 5], rows.Select(row => row.Line));
        Assert.All(rows.Take(1), row => Assert.NotNull(CheckRecord.Check(
            CampaignRows.Record(row) with { Facility = Given.Facility }, Given.Context).Record));
    }

    [Fact]
    public void A_day_that_the_spreadsheet_read_is_asked_about_beside_one_that_it_could_not()
    {
        var file = Open(Of([
            Header,
            Row(Text("1"), Text("An"), Text("Nam"), Text("1985"), Text(""), Text("Pfizer"), Text(""), Number(44654, 1)),
            TextRow("2", "An", "Nam", "1985", "", "Pfizer", "", "03/25/2022"),
            Row(Text("3"), Text("An"), Text("Nam"), Text("1985"), Text(""), Text("Pfizer"), Text(""), Number(44645, 1)),
        ]));

        Assert.Equal([1, 0, 0], file.Read().Select(row => row.Faults.Count));
        Assert.Equal(["vaccinated_on"], file.AmbiguousColumns);
    }

    [Fact]
    public void The_sheet_with_the_list_is_found_and_two_lists_are_refused()
    {
        var list = new[] { Header, TextRow("1", "An", "Nam", "1985", "", "Pfizer", "", "25/03/2022") };

        Assert.Equal(1, Open(Of([TextRow("Hướng dẫn")], list, [])).Rows);
        Assert.Contains("several sheets", Why(Of(list, list)), StringComparison.Ordinal);
    }

    [Fact]
    public void Refused_rows_come_back_as_CSV_with_semicolons_under_the_same_columns()
    {
        var file = Open(Of([Header, TextRow("1", "An", "?", "1985", "0790", "Pfizer", "=1", "25/03/2022")]));
        var path = Path.Combine(folder.Path, "x.xlsx.errors.csv");
        using (var errors = new ErrorsFile(path, file))
        {
            var row = file.Read().Single();
            errors.Add(row, new SubmittedRow(
                SubmitOutcome.Refused, CampaignRows.Record(row), null, null, [new Fault("sex", FaultCode.BadSex)]));
        }

        var text = File.ReadAllText(path);
        Assert.StartsWith("\"Mã tham\nchiếu\";\"Họ và tên\";", text, StringComparison.Ordinal);
        Assert.Contains("\"0790\";\"Pfizer\";\"'=1\";\"25/03/2022\";\"Giới tính: ", text, StringComparison.Ordinal);
        var again = OpenAt(path).Read().Single();
        Assert.Equal(("0790", "=1"), (again["identity_number"], again["lot"]));
    }

    [Fact]
    public void What_is_no_workbook_or_a_broken_one_is_told_in_words()
    {
        Assert.Contains("old .xls", Why([0xD0, 0xCF, 0x11, 0xE0, 1, 2, 3, 4]), StringComparison.Ordinal);
        Assert.Contains("broken", Why([.. "PK\u0003\u0004"u8, 1, 2, 3]), StringComparison.Ordinal);
        Assert.Contains("broken", Why(Parts(["<worksheet"])), StringComparison.Ordinal);
        Assert.Contains("not even a header", Why(Of([[]])), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_expanded_that_a_list_does_not_have()
    {
        const string entities =
            "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">]>"
            + "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData><row>"
            + "<c t=\"inlineStr\"><is><t>&b;</t></is></c></row></sheetData></worksheet>";
        Assert.Contains("broken", Why(Parts([entities])), StringComparison.Ordinal);

        var many = Enumerable.Range(0, 600).Select(n => ($"x/{n}.xml", (Stream)new MemoryStream())).ToArray();
        Assert.Contains("too large", Why(Parts(["<worksheet/>"], many)), StringComparison.Ordinal);
        Assert.Contains(
            "too large",
            Why(Parts(["<worksheet/>"], ("xl/sharedStrings.xml", new Zeros(ExcelBounds.MostSharedStrings + 1)))),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_cell_at_the_end_of_the_sheet_makes_no_large_row()
    {
        var file = Open(Of([
            Header, "<row r=\"2\"><c r=\"A2\"><v>1</v></c><c r=\"XFD2\"><v>1</v></c></row>",
            "<row r=\"60000\"><c r=\"A60000\"><v>2</v></c></row>",
        ]));

        Assert.Equal(["1", "2"], file.Read().Select(row => row["reference"]));
        Assert.All(file.Read(), row => Assert.True(row.Cells.Length <= 200));
        Assert.Contains("too many rows", Why(Of([
            Header, "<row r=\"5000000\"><c r=\"A5000000\"><v>2</v></c></row>",
        ])), StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    TableFile Open(byte[] content) => OpenAt(folder.File("x.xlsx", content));

    static TableFile OpenAt(string path)
    {
        Assert.False(
            TableFile.Open(path, [CsvKind.Records], "facility").IsRefused(out var why, out var file), why?.Detail);
        return file!;
    }

    string Why(byte[] content)
    {
        Assert.True(TableFile.Open(folder.File("x.xlsx", content), [CsvKind.Records], "facility")
            .IsRefused(out var why, out _));
        return why.Detail;
    }

    /// <summary>What deflates to almost nothing.</summary>
    sealed class Zeros(long length) : Stream
    {
        long left = length;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => 0; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = (int)Math.Min(left, count);
            buffer.AsSpan(offset, read).Clear();
            left -= read;
            return read;
        }

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
